"""What is offered at the caret, and which of many offers come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from codeact_lsp.plan.source import Span

# More than anybody reads, and few enough to be sent at every keystroke.
MOST = 50


class Offer(Enum):
    """What a suggestion stands for."""

    NODE = "node"
    INPUT = "input"
    VALUE = "value"
    SECTION = "section"
    RESOURCE = "resource"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`span` is to read `new`.

    Attributes:
        label: What the list shows, and what typed text is compared with.
        detail: A signature, a type, the accepted forms.
    """

    offer: Offer
    label: str
    new: str
    span: Span
    detail: str = ""
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is offered, best first; not complete if more typing brings up others."""

    items: tuple[Suggestion, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Outside:
    """What the plan's text does not say.

    Attributes:
        inputs: Values of inputs, as plain data.
        resources: Units of resources, by name.
    """

    inputs: Mapping[str, Any] = field(default_factory=dict)
    resources: Mapping[str, int] = field(default_factory=dict)


def best(names: Iterable[str], typed: str) -> tuple[list[str], bool]:
    """The `names` that fit what has been typed, best first, and whether these are all.

    Names that begin with it come first; else the order is kept.
    """
    if not typed:
        ranked = list(names)
        return ranked[:MOST], len(ranked) <= MOST
    wanted = typed.casefold()
    fitting = [name for name in names if _fits(name.casefold(), wanted)]
    ranked = sorted(fitting, key=lambda name: not name.casefold().startswith(wanted))
    return ranked[:MOST], len(ranked) <= MOST


def _fits(name: str, wanted: str) -> bool:
    """Whether the characters of `wanted` stand in `name` in that order, as editors compare."""
    rest = iter(name)
    return all(character in rest for character in wanted)
