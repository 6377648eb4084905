"""The shape of a problem."""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable


class Severity(Enum):
    """How much a problem weighs; a plan with an error is not run."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a problem.

    Attributes:
        node: The node to whose piece the span is relative; None if the problem's own spans and
            this one have the same origin.
    """

    message: str
    span: Span
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is stable and documented; `data` holds what a fix needs.

    Attributes:
        span: Relative to the piece in what a check of one node finds, else to the document.
        unnecessary: Whether the place could go without loss; editors fade it.
    """

    code: str
    message: str
    span: Span
    severity: Severity = Severity.ERROR
    related: tuple[Related, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    unnecessary: bool = False

    def placed(self, start: int, start_of: "Callable[[str], int]") -> "Problem":
        """The problem with spans of the document.

        Args:
            start: Where the piece begins to which the spans are relative.
            start_of: Where the piece of a node begins.
        """
        related = tuple(
            Related(
                other.message, other.span.shifted(start_of(other.node) if other.node else start)
            )
            for other in self.related
        )
        return replace(self, span=self.span.shifted(start), related=related)
