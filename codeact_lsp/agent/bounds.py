"""What it may take to get from a task to its result."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

from codeact_lsp.model import Budget


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that all of it may take, also over several sittings.

    Attributes:
        attempts: How many repairs may be made.
        tokens: Tokens of all prompts and answers.
        seconds: Time at work.
        dollars: What the answers may cost, as far as the price of the model is known.
    """

    attempts: int = 8
    tokens: int = 100_000
    seconds: float = 900.0
    dollars: float = 1.0

    @classmethod
    def of(cls, recorded: Mapping[str, float]) -> Self:
        """Bounds as a tape tells them; what it does not tell is as usual."""
        usual = cls()
        return cls(
            attempts=int(recorded.get("attempts", usual.attempts)),
            tokens=int(recorded.get("tokens", usual.tokens)),
            seconds=recorded.get("seconds", usual.seconds),
            dollars=recorded.get("dollars", usual.dollars),
        )

    @property
    def budget(self) -> Budget:
        """What of it holds for the model; how often it is asked, the attempts bound."""
        return Budget(self.tokens, self.dollars, calls=None)

    def as_data(self) -> dict[str, float]:
        """The bounds as a tape tells them."""
        return asdict(self)
