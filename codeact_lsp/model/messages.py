"""What is said to a model, and what it answered."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["system", "user", "assistant"]

# Of code, as the tokenizers of the common models count, and rather too few characters than too
# many; exact counting would take each provider's own tokenizer.
_CHARACTERS_PER_TOKEN = 3.3


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer.

    Attributes:
        text: What the model wrote, without the end mark that it was told to write.
        tokens_in: Tokens of the prompt, as the provider counted them; else an estimate.
        tokens_out: Tokens of the answer, likewise.
        cost: What it cost in US dollars; None where the price of the model is not known.
        model: The model, as it was asked for.
        seconds: From the request to the end of the answer, retries included.
    """

    text: str
    tokens_in: int
    tokens_out: int
    cost: float | None
    model: str
    seconds: float


def estimated_tokens(text: str) -> int:
    """About how many tokens a text has; of what is not ASCII each character may be one."""
    others = 0 if text.isascii() else sum(not character.isascii() for character in text)
    return others + round((len(text) - others) / _CHARACTERS_PER_TOKEN + 0.5)
