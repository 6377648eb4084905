"""Problems of the plan and failures of its runs, as diagnostics on exact ranges."""

from collections.abc import Iterator

from lsprotocol import types as lsp

from codeact_lsp.engine.errors import CodeError
from codeact_lsp.plan import Problem, Span, check, relocate
from codeact_lsp.server import convert
from codeact_lsp.server.board import Seen
from codeact_lsp.server.session import Snapshot

SOURCE = "codeact"


def diagnostics(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """All diagnostics of a plan, in the order of the text."""
    found = [_problem(snapshot, problem) for problem in check(snapshot.plan, snapshot.inputs)]
    found += _failures(snapshot)
    if snapshot.inputs_error:
        found.append(_inputs(snapshot))
    return sorted(found, key=lambda diagnostic: diagnostic.range.start)


def _problem(snapshot: Snapshot, problem: Problem) -> lsp.Diagnostic:
    related = [_related(snapshot, other.span, other.message) for other in problem.related]
    return lsp.Diagnostic(
        range=snapshot.range(problem.span),
        message=problem.message,
        severity=convert.to_severity(problem.severity),
        code=problem.code,
        source=SOURCE,
        related_information=related or None,
        data=problem.data or None,
    )


def _inputs(snapshot: Snapshot) -> lsp.Diagnostic:
    return lsp.Diagnostic(
        range=snapshot.range(Span(0, 0)),
        message=f"The inputs file cannot be used. {snapshot.inputs_error}",
        severity=lsp.DiagnosticSeverity.Error,
        code="bad-inputs-file",
        source=SOURCE,
    )


def _failures(snapshot: Snapshot) -> Iterator[lsp.Diagnostic]:
    """One diagnostic a failure; a failing module-level line fails every node, and is shown once."""
    shown: set[tuple[Span, str]] = set()
    for name, seen in snapshot.seen.items():
        if seen.error is None or name not in snapshot.plan.nodes:
            continue
        place = failing_place(snapshot, name, seen)
        if (place, seen.error.headline) not in shown:
            shown.add((place, seen.error.headline))
            yield _failure(snapshot, name, seen, place)


def failing_place(snapshot: Snapshot, name: str, seen: Seen) -> Span:
    """What to underline for a failure: the culprit, where it stands now."""
    error = seen.error
    place = relocate(seen.plan, snapshot.plan, error.focus or error.span) if error else None
    definition = snapshot.plan.nodes[name]
    return place or definition.span(definition.node.name_span)


def _failure(snapshot: Snapshot, name: str, seen: Seen, place: Span) -> lsp.Diagnostic:
    error = seen.error
    assert error is not None  # noqa: S101 - `_failures` selects those that have one.
    return lsp.Diagnostic(
        range=snapshot.range(place),
        message=error.headline,
        severity=lsp.DiagnosticSeverity.Error,
        code=error.category,
        source=SOURCE,
        related_information=list(_places(snapshot, seen, error)) or None,
        data={
            "node": name,
            "values": [{"text": value.text, "value": value.value} for value in error.values],
            "fixes": [fix.title for fix in seen.fixes],
        },
    )


def _places(
    snapshot: Snapshot, seen: Seen, error: CodeError
) -> Iterator[lsp.DiagnosticRelatedInformation]:
    """The origin of the bad value, the calls that led here, causes and group members."""
    if error.blame:
        yield from _moved(snapshot, seen, error.blame.span, error.blame.message)
    for frame in reversed(error.frames[:-1]):
        yield from _moved(snapshot, seen, frame.span, f"Called from '{frame.function}'.")
    for linked in error.linked:
        if linked.span:
            message = f"{linked.how}: {linked.headline}"
            yield from _moved(snapshot, seen, linked.span, message)


def _moved(
    snapshot: Snapshot, seen: Seen, span: Span, message: str
) -> Iterator[lsp.DiagnosticRelatedInformation]:
    place = relocate(seen.plan, snapshot.plan, span)
    if place:
        yield _related(snapshot, place, message)


def _related(snapshot: Snapshot, span: Span, message: str) -> lsp.DiagnosticRelatedInformation:
    location = lsp.Location(uri=snapshot.uri, range=snapshot.range(span))
    return lsp.DiagnosticRelatedInformation(location=location, message=message)
