"""The shape of a problem."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(Enum):
    """How much a problem weighs; a plan with an error is not run."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a problem."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is stable and documented; `data` holds what a fix needs."""

    code: str
    message: str
    span: Span
    severity: Severity = Severity.ERROR
    related: tuple[Related, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def closest(name: str, names: "Iterable[str]") -> str | None:
    """The one of `names` that `name` is most likely a misspelling of."""
    return _closest(name, tuple(names))


# The same question is asked at every keystroke, about names that rarely change.
@lru_cache(maxsize=1_000)
def _closest(name: str, names: tuple[str, ...]) -> str | None:
    found = get_close_matches(name, names, n=1, cutoff=0.7)
    return found[0] if found else None
