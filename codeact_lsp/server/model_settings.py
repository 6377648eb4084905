"""The settings about language models, which count only where the user alone can have made them.

A workspace that could say where a model is served would be sent the user's key. So, as with the
sandbox, only initialization options count: what a client answers later may have come with the
workspace.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from codeact_lsp.model import Budget, Limits, ModelSettings, Prompting
from codeact_lsp.model.settings import USUAL_CALLS

if TYPE_CHECKING:
    from codeact_lsp.server.settings import Settings

Read = Callable[[Sequence[Any]], tuple[Any, Iterable[str]]]


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """What answers may take.

    Attributes:
        tokens: Of all prompts and answers about one run.
        money: The same in US dollars, as far as the model's price is known.
        calls: How many requests may be made for them.
        prompt: Tokens of one prompt.
        seconds: Until one answer has ended.
    """

    tokens: int = Budget().tokens
    money: float = Budget().money
    calls: int = USUAL_CALLS
    prompt: int = Prompting().tokens
    seconds: float = Limits().whole


def model_settings(settings: "Settings") -> ModelSettings:
    """The model that the settings choose, or else the environment."""
    limits = settings.model_limits
    return replace(
        ModelSettings.from_environment(settings.model, settings.model_base_url),
        limits=Limits(whole=limits.seconds),
        budget=Budget(limits.tokens, limits.money, limits.calls),
    )


def prompting(settings: "Settings") -> Prompting:
    """What may be sent."""
    return Prompting(settings.model_limits.prompt, settings.model_samples)


def own(form: str, read: Callable[[Any], Any], default: Any = None) -> Read:
    """Reads a setting from the initialization options, and says where another one says other.

    Args:
        form: What it has to be, in words that end a sentence.
        read: Its value from what the user says; it raises ValueError or TypeError if that is wrong.
        default: Its value where the user says nothing.
    """

    def reader(said: Sequence[Any]) -> tuple[Any, Iterable[str]]:
        first, *others = said
        ignored = [
            "counts only in the client's initialization options, so that no workspace can set it."
            for other in others
            if other is not None and other != first
        ]
        if first is None:
            return default, ignored
        try:
            return read(first), ignored
        except (ValueError, TypeError):
            return default, [f"expected {form}, not {first!r:.60}.", *ignored]

    return reader


def text(value: Any) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def address(value: Any) -> str:
    """The address of a server."""
    if not text(value).startswith(("http://", "https://")):
        raise ValueError
    return text(value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def limits(value: Any) -> ModelLimits:
    """Limits; those that are not named are as they are by default."""
    usual = asdict(ModelLimits())
    if not isinstance(value, Mapping) or value.keys() - usual.keys():
        raise ValueError
    if any(isinstance(each, bool) or each <= 0 for each in value.values()):
        raise ValueError
    return ModelLimits(**{name: type(usual[name])(each) for name, each in value.items()})
