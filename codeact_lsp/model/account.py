"""What the model's answers have taken so far, and how much more they may."""

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

    Whoever asks side by side may go over the budget by what was under way when it was reached.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.spent = Spent()

    def add(self, spent: Spent) -> None:
        """Note what a call took, also one that failed."""
        self.spent += spent

    def check(self, prompt_tokens: int = 0) -> None:
        """Whether a call with such a prompt may still be made.

        Raises:
            BudgetError: It may not.
        """
        if self.spent.tokens + prompt_tokens >= self.budget.tokens:
            raise BudgetError(
                f"the budget of {self.budget.tokens:,} tokens is spent ({self.spent})."
            )
        if self.spent.cost >= self.budget.money:
            raise BudgetError(f"the budget of ${self.budget.money:g} is spent ({self.spent}).")
