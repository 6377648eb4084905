"""Problems of the plan and failures of its runs, as diagnostics on exact ranges."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.engine.errors import CodeError
from codeact_lsp.plan import Problem, Span, relocate
from codeact_lsp.server import convert
from codeact_lsp.server.board import Seen
from codeact_lsp.server.session import Snapshot

SOURCE = "codeact"


def diagnostics(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """All diagnostics of a plan, in the order of the text."""
    return _sorted([*problems(snapshot), *of_runs(snapshot)])


def problems(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """What is wrong with the plan's text and with its inputs."""
    found = [_problem(snapshot, problem) for problem in snapshot.problems]
    if snapshot.inputs_error:
        found.append(_inputs(snapshot))
    return _sorted(found)


def of_runs(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """What went wrong in runs, and what in them took longer than it need."""
    hints = _hints(snapshot) if snapshot.settings.hints else ()
    return _sorted([*_failures(snapshot), *hints])


def fingerprint(found: Iterable[lsp.Diagnostic]) -> str:
    """The same for diagnostics that are the same, in any session."""
    return hashlib.blake2b(
        repr(tuple(found)).encode("utf-8", "replace"), digest_size=16
    ).hexdigest()


def _sorted(found: list[lsp.Diagnostic]) -> list[lsp.Diagnostic]:
    return sorted(found, key=lambda diagnostic: diagnostic.range.start)


def _problem(snapshot: Snapshot, problem: Problem) -> lsp.Diagnostic:
    return _diagnostic(
        snapshot,
        problem.span,
        problem.code,
        problem.message,
        severity=convert.to_severity(problem.severity),
        tags=[lsp.DiagnosticTag.Unnecessary] if problem.unnecessary else [],
        related=[_related(snapshot, other.span, other.message) for other in problem.related],
        data=problem.data,
    )


def _inputs(snapshot: Snapshot) -> lsp.Diagnostic:
    message = f"The inputs file cannot be used. {snapshot.inputs_error}"
    return _diagnostic(snapshot, Span(0, 0), "bad-inputs-file", message)


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


def _hints(snapshot: Snapshot) -> Iterator[lsp.Diagnostic]:
    """What the last run suggests about nodes that are still as they were then."""
    for plan, hint in snapshot.hints:
        seen = snapshot.seen.get(hint.node)
        place = relocate(plan, snapshot.plan, hint.span) if seen and seen.result else None
        if place:
            yield _problem(snapshot, replace(hint.problem, span=place))


def failing_place(snapshot: Snapshot, name: str, seen: Seen) -> Span:
    """What to underline for a failure: the culprit, where it stands now."""
    error = seen.error
    place = relocate(seen.plan, snapshot.plan, error.focus or error.span) if error else None
    definition = snapshot.plan.nodes[name]
    return place or definition.span(definition.node.name_span)


def _failure(snapshot: Snapshot, name: str, seen: Seen, place: Span) -> lsp.Diagnostic:
    error = seen.error
    assert error is not None  # noqa: S101 - `_failures` selects those that have one.
    return _diagnostic(
        snapshot,
        place,
        error.category,
        error.headline,
        anchor="failures-of-a-run",
        related=list(_places(snapshot, seen, error)),
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


def _diagnostic(  # noqa: PLR0913 - the parts of a diagnostic.
    snapshot: Snapshot,
    place: Span,
    code: str,
    message: str,
    *,
    severity: lsp.DiagnosticSeverity = lsp.DiagnosticSeverity.Error,
    anchor: str | None = None,
    tags: Sequence[lsp.DiagnosticTag] = (),
    related: Sequence[lsp.DiagnosticRelatedInformation] = (),
    data: Mapping[str, Any] | None = None,
) -> lsp.Diagnostic:
    """The one place that makes a diagnostic: without what the client does not show or send back."""
    client = snapshot.client
    href = f"{snapshot.settings.documentation}#{anchor or code}"
    return lsp.Diagnostic(
        range=snapshot.range(place),
        message=message,
        severity=severity,
        code=code,
        source=SOURCE,
        code_description=lsp.CodeDescription(href=href) if client.shows_links else None,
        tags=[tag for tag in tags if tag in client.tags] or None,
        related_information=(related or None) if client.shows_related else None,
        data=(data or None) if client.keeps_data else None,
    )
