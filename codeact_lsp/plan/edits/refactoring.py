"""What a refactoring is asked, and what it answers: a change, or why there can be none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from codeact_lsp.plan.document import Document
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span


@dataclass(frozen=True)
class Request:
    """A selection in a plan; `inputs` are the values that inputs have from outside the plan."""

    plan: Plan
    span: Span
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Edits that do not overlap, in the order of the text."""

    title: str
    edits: tuple[TextEdit, ...]

    def apply(self, text: str) -> str:
        """The edited text."""
        for edit in reversed(self.edits):
            text = edit.apply(text)
        return text


@dataclass(frozen=True, slots=True)
class Refused:
    """A refactoring that would not keep what the plan computes, and why."""

    title: str
    reason: str


class UnsoundError(Exception):
    """Raised inside a refactoring by the check that finds it unsound; says why, to people."""


def attempt(
    request: Request, title: str, edits: Callable[[], Iterable[TextEdit]]
) -> Change | Refused | None:
    """The outcome of computing `edits`; None if the result would not be sound Python."""
    try:
        change = Change(title, tuple(sorted(edits(), key=lambda edit: edit.span)))
    except UnsoundError as error:
        return Refused(title, str(error))
    return change if change.edits and _still_parses(request.plan, change) else None


def _still_parses(plan: Plan, change: Change) -> bool:
    """Whether the change breaks nothing: the last line of defence against odd layouts."""
    text, after = plan.source.text, change.apply(plan.source.text)
    span = Span(change.edits[0].span.start, change.edits[-1].span.end)
    new = after[span.start : len(after) - (len(text) - span.end)]
    return _faults(plan.document.edited(span, new)) <= _faults(plan.document)


def _faults(document: Document) -> int:
    return sum(piece.issue is not None for piece in document.pieces)
