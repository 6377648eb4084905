"""Texts and places as an editor keeps them: the plain reference that the server must agree with."""

import re
from collections.abc import Callable, Iterable, Iterator

from lsprotocol import types as lsp

from codeact_lsp.plan import Span
from tests.carets import render

# The protocol knows these three line ends and no other.
_LINE_END = re.compile(r"\r\n|\r|\n")
UNITS: dict[str, Callable[[str], int]] = {
    # A lone surrogate is legal in JSON, and an editor counts it as one unit.
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


def lines(text: str) -> list[str]:
    """The lines, without their ends."""
    return _LINE_END.split(text)


def position(text: str, offset: int, units: str) -> lsp.Position:
    """The position of an offset, counted in `units`."""
    *before, last = lines(text[:offset])
    return lsp.Position(line=len(before), character=UNITS[units](last))


def offset(text: str, place: lsp.Position, units: str) -> int:
    """The offset of a position; past the end of a line or of the text, that end."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    if place.line >= len(starts):
        return len(text)
    line = lines(text)[place.line]
    count = next((n for n in range(len(line)) if UNITS[units](line[:n]) >= place.character), None)
    return starts[place.line] + (len(line) if count is None else count)


def replaced(text: str, place: lsp.Range, new: str, units: str) -> str:
    """The text in which `place` reads `new`."""
    old = span(text, place, units)
    return text[: old.start] + new + text[old.end :]


def shown(text: str, diagnostics: Iterable[lsp.Diagnostic], units: str) -> str:
    """The text with diagnostics drawn in it; `↳` marks the other places that belong to one."""
    return render(text, _marks(text, diagnostics, units))


def _marks(
    text: str, diagnostics: Iterable[lsp.Diagnostic], units: str
) -> Iterator[tuple[Span, str]]:
    for found in diagnostics:
        severity = lsp.DiagnosticSeverity(found.severity or 1)
        kind = "" if severity is lsp.DiagnosticSeverity.Error else f" {severity.name.lower()}"
        yield span(text, found.range, units), f"{found.code}{kind}: {found.message}"
        for related in found.related_information or ():
            yield span(text, related.location.range, units), f"↳ {related.message}"


def span(text: str, place: lsp.Range, units: str) -> Span:
    """A range as offsets."""
    start, end = offset(text, place.start, units), offset(text, place.end, units)
    return Span(min(start, end), max(start, end))
