"""Which model is asked, and how long, how much and how dearly it may answer."""

import os
from dataclasses import dataclass, field
from typing import Self

MODEL_VARIABLE = "CODEACT_MODEL"
BASE_URL_VARIABLE = "CODEACT_MODEL_BASE_URL"
KEY_VARIABLE = "CODEACT_MODEL_KEY"
USUAL_CALLS = 100
"""Of the usual budget; most answers take a thousand tokens or more, and that ends with them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take.

    Attributes:
        first: Seconds until it begins; some models think for long before they say anything.
        between: Seconds from one part of it to the next.
        whole: Seconds until it has ended, retries and their pauses included.
        tokens: The most tokens of the answer; with many models thinking counts as well.
        retries: How often a request is made again that the provider could not answer.
        pause: Seconds before the first of these; each later pause is twice as long.
    """

    first: float = 120.0
    between: float = 30.0
    whole: float = 180.0
    tokens: int = 8_000
    retries: int = 2
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What all answers of one run may take together.

    Attributes:
        tokens: Of prompts and answers.
        money: In US dollars, as far as the price of the model is known.
        calls: How many requests may be made, also those that fail, which take no tokens. None sets
            no limit.
    """

    tokens: int = 100_000
    money: float = 1.0
    calls: int | None = USUAL_CALLS


@dataclass(frozen=True, slots=True)
class Prompting:
    """What may be sent.

    Attributes:
        tokens: The most of one prompt.
        samples: Whether values may be in it, and not only what they are like.
    """

    tokens: int = 2_000
    samples: bool = False


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The user's choice of a model. Keys are no part of it.

    Attributes:
        model: Its name, with its provider's in front: `anthropic/claude-sonnet-4-5`. None: no model
            is ever asked.
        base_url: Where it is served, if not where its provider serves it.
    """

    model: str | None = None
    base_url: str | None = None
    limits: Limits = field(default_factory=Limits)
    budget: Budget = field(default_factory=Budget)

    @property
    def is_configured(self) -> bool:
        """Whether there is a model to ask."""
        return self.model is not None

    @classmethod
    def from_environment(cls, model: str | None = None, base_url: str | None = None) -> Self:
        """What is said, else what `CODEACT_MODEL` and `CODEACT_MODEL_BASE_URL` say."""
        return cls(
            model or os.environ.get(MODEL_VARIABLE) or None,
            base_url or os.environ.get(BASE_URL_VARIABLE) or None,
        )
