"""Between the plan's terms and the protocol's."""

from lsprotocol import types as lsp

from codeact_lsp.plan import Encoding, Position, Severity, Source, Span

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFORMATION: lsp.DiagnosticSeverity.Information,
    Severity.HINT: lsp.DiagnosticSeverity.Hint,
}


def to_range(span: Span, source: Source, encoding: Encoding) -> lsp.Range:
    """A span as a range."""
    return lsp.Range(
        start=_to_position(span.start, source, encoding),
        end=_to_position(span.end, source, encoding),
    )


def to_offset(position: lsp.Position, source: Source, encoding: Encoding) -> int:
    """A position as an offset."""
    return source.offset(Position(position.line, position.character), encoding)


def to_span(place: lsp.Range, source: Source, encoding: Encoding) -> Span:
    """A range as a span; a client that turns it round is put right."""
    start = to_offset(place.start, source, encoding)
    end = to_offset(place.end, source, encoding)
    return Span(min(start, end), max(start, end))


def to_severity(severity: Severity) -> lsp.DiagnosticSeverity:
    """A severity as the protocol's."""
    return _SEVERITIES[severity]


def to_encoding(kind: lsp.PositionEncodingKind | str | None) -> Encoding:
    """The negotiated encoding; the protocol's default is UTF-16."""
    return Encoding(kind.value if isinstance(kind, lsp.PositionEncodingKind) else kind or "utf-16")


def _to_position(offset: int, source: Source, encoding: Encoding) -> lsp.Position:
    line, character = source.position(offset, encoding)
    return lsp.Position(line=line, character=character)
