"""The plan's own one-line docstring sections: order, resources, time and limits of a node.

They live in the docstring and not in decorators so that they are static by construction and a plan
needs no import of ours.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from codeact_lsp.plan.source import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A name written in a docstring, with its place.

    Attributes:
        name: The name as Python would read it.
        exact: Whether `span` is the name's own place, and not all of a docstring whose characters
            cannot be told apart (it has escapes, or is concatenated): never edit such a place.
    """

    name: str
    span: Span
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Use:
    """A claim on `amount` units of a named resource; None claims it alone."""

    name: str
    span: Span
    amount: int | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Wait:
    """Start no earlier than `seconds` after node `after` ended, or than the time `until`."""

    seconds: float = 0.0
    after: Reference | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A section that says nothing the plan understands.

    Attributes:
        kind: What is wrong with it: `unknown-name`, `bad-value`, `empty`, `repeated`, `continued`
            or `inline`.
        replacement: What `span` was probably meant to read. Only where `span` is an exact place.
    """

    message: str
    span: Span
    kind: str
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Directives:
    """All that a node's docstring asks of the engine. Times are seconds, sizes are bytes.

    Attributes:
        cache: Whether the result is reused whatever the node was seen to do (`on`), or never
            (`off`); None where the docstring leaves that to what was seen.
    """

    after: tuple[Reference, ...] = ()
    uses: tuple[Use, ...] = ()
    waits: tuple[Wait, ...] = ()
    timeout: float | None = None
    retries: int = 0
    memory: int | None = None
    cache: bool | None = None
    needs: tuple[str, ...] = ()
    malformed: tuple[Malformed, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """One `Name: value` line; all spans are relative to the piece.

    Attributes:
        rest_span: The indented line behind it, which looks as if the value went on there.
        exact: Whether the spans are places of their own; see `Reference`.
    """

    name: str
    name_span: Span
    value: str
    value_span: Span
    rest_span: Span | None = None
    exact: bool = True

    @property
    def span(self) -> Span:
        """The name and the value."""
        return Span(self.name_span.start, self.value_span.end)

    def part(self, start: int, end: int) -> Span:
        """The place of a part of the value."""
        return Span(start, end).shifted(self.value_span.start) if self.exact else self.value_span


def reference(name: str, span: Span, *, exact: bool) -> Reference:
    """A reference by `name` as it is written: to Python, `ﬁ` and `fi` are one name."""
    return Reference(unicodedata.normalize("NFKC", name), span, exact)
