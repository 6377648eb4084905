"""What the model's answers have taken so far, and how much more they may."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from codeact_lsp.model.errors import BudgetError
from codeact_lsp.model.settings import Budget


@dataclass(frozen=True, slots=True)
class Spent:
    """What some answers took.

    Attributes:
        cost: In US dollars, of those whose price is known.
        is_priced: Whether that is all of them.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    calls: int = 0
    is_priced: bool = True

    @property
    def tokens(self) -> int:
        """Of prompts and answers together."""
        return self.tokens_in + self.tokens_out

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.cost + other.cost,
            self.calls + other.calls,
            self.is_priced and other.is_priced,
        )

    def __str__(self) -> str:
        price = f"${self.cost:.4f}" if self.is_priced else "price unknown"
        return f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out, {price}"


class Account:
    """Adds up what one run takes of a model, and says when that is enough.

    What is under way counts too, so that who asks side by side stays within the budget together.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.spent = Spent()
        self._held = self._under_way = 0

    def add(self, spent: Spent) -> None:
        """Note what a call took, also one that failed."""
        self.spent += spent

    @property
    def money(self) -> float:
        """US dollars that are left."""
        return self.budget.money - self.spent.cost

    def check(self, prompt_tokens: int = 0) -> int:
        """How many tokens the answer to such a prompt may have.

        Raises:
            BudgetError: There may be none.
        """
        left = self.budget.tokens - self.spent.tokens - self._held - prompt_tokens
        if left <= 0:
            raise BudgetError(
                f"the budget of {self.budget.tokens:,} tokens is spent ({self.spent})."
            )
        if self.money <= 0:
            raise BudgetError(f"the budget of ${self.budget.money:g} is spent ({self.spent}).")
        calls = self.budget.calls
        if calls is not None and calls <= self.spent.calls + self._under_way:
            raise BudgetError(f"the budget of {calls:,} requests is spent ({self.spent}).")
        return left

    @contextmanager
    def holding(self, tokens: int) -> Iterator[None]:
        """Count what is under way, until it is known what it took."""
        self._held += tokens
        self._under_way += 1
        try:
            yield
        finally:
            self._held -= tokens
            self._under_way -= 1
