"""Problems of the plan and failures of its runs, as diagnostics on exact ranges."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Problem, Span, relocate
from codeact_lsp.plan.visible import visible_lines
from codeact_lsp.server import convert
from codeact_lsp.server.board import Seen
from codeact_lsp.server.snapshot import Snapshot

SOURCE = "codeact"
# Of a helper that fails a hundred nodes, nobody looks at more calls than this.
_MOST_PLACES = 50


def diagnostics(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """All diagnostics of a plan, in the order of the text."""
    return _sorted([*problems(snapshot), *found_later(snapshot)])


def problems(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """What is wrong with the plan's text and with its inputs."""
    found = [_problem(snapshot, problem) for problem in snapshot.problems]
    if snapshot.inputs_error:
        found.append(_inputs(snapshot))
    if snapshot.refused:
        found.append(_diagnostic(snapshot, Span(0, 0), "refused", snapshot.refused))
    return _sorted(found)


def found_later(snapshot: Snapshot) -> list[lsp.Diagnostic]:
    """What went wrong in runs, what in them took longer than it need, and a linter's advice."""
    hints = _hints(snapshot) if snapshot.settings.hints else ()
    advice = (_problem(snapshot, problem) for problem in snapshot.advised)
    return _sorted([*_failures(snapshot), *hints, *advice])


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
        link=problem.data.get("link"),
    )


def _inputs(snapshot: Snapshot) -> lsp.Diagnostic:
    message = f"The inputs file cannot be used. {snapshot.inputs_error}"
    return _diagnostic(snapshot, Span(0, 0), "bad-inputs-file", message)


def _failures(snapshot: Snapshot) -> Iterator[lsp.Diagnostic]:
    """One diagnostic a failing place: a line of the module, or of a helper, fails many nodes."""
    found: dict[tuple[Span, str], list[str]] = {}
    for name, seen in snapshot.seen.items():
        if seen.error and name in snapshot.plan.nodes:
            place = failing_place(snapshot, name, seen)
            found.setdefault((place, seen.error.headline), []).append(name)
    for (place, _), names in found.items():
        yield _failure(snapshot, place, [snapshot.seen[name] for name in names])


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


def _failure(snapshot: Snapshot, place: Span, failed: Sequence[Seen]) -> lsp.Diagnostic:
    """A failure of one node, or of several in the same place."""
    first, error = failed[0], failed[0].error
    assert error is not None  # noqa: S101 - `_failures` selects those that have one.
    places = dict.fromkeys(other for seen in failed for other in other_places(snapshot, seen))
    return _diagnostic(
        snapshot,
        place,
        error.category,
        "\n".join((error.headline, *error.notes)),
        anchor="failures-of-a-run",
        related=[_related(snapshot, *other) for other in islice(places, _MOST_PLACES)],
        data={
            "node": error.node,
            "values": [{"text": value.text, "value": value.value} for value in error.values],
            "fixes": [fix.title for fix in first.fixes],
            **({"searching": True} if first.searching else {}),
            **({"denied": asdict(error.denied)} if error.denied else {}),
        },
    )


def other_places(snapshot: Snapshot, seen: Seen) -> Iterator[tuple[Span, str]]:
    """The origin of the bad value, the calls that led here, causes and group members."""
    for span, message in _said(seen.error) if seen.error else ():
        place = relocate(seen.plan, snapshot.plan, span)
        if place:
            yield place, message


def _said(error: CodeError) -> Iterator[tuple[Span, str]]:
    """The same, where it stood when it ran."""
    for blame in error.origins:
        yield blame.span, blame.message
    for frame in reversed(error.frames[:-1]):
        yield frame.span, f"Called from '{frame.function}'."
    for linked in error.linked:
        if linked.span:
            yield linked.span, f"{linked.how}: {linked.headline}"


def _related(snapshot: Snapshot, span: Span, message: str) -> lsp.DiagnosticRelatedInformation:
    location = lsp.Location(uri=snapshot.uri, range=snapshot.range(span))
    return lsp.DiagnosticRelatedInformation(location=location, message=visible_lines(message))


def _diagnostic(  # noqa: PLR0913 - the parts of a diagnostic.
    snapshot: Snapshot,
    place: Span,
    code: str,
    message: str,
    *,
    severity: lsp.DiagnosticSeverity = lsp.DiagnosticSeverity.Error,
    anchor: str | None = None,
    link: str | None = None,
    tags: Sequence[lsp.DiagnosticTag] = (),
    related: Sequence[lsp.DiagnosticRelatedInformation] = (),
    data: Mapping[str, Any] | None = None,
) -> lsp.Diagnostic:
    """The one place that makes a diagnostic: without what the client does not show or send back."""
    client = snapshot.client
    href = link or f"{snapshot.settings.documentation}#{anchor or code}"
    return lsp.Diagnostic(
        range=snapshot.range(place),
        message=visible_lines(message),
        severity=severity,
        code=code,
        source=SOURCE,
        code_description=lsp.CodeDescription(href=href) if client.shows_links else None,
        tags=[tag for tag in tags if tag in client.tags] or None,
        related_information=(related or None) if client.shows_related else None,
        data=(data or None) if client.keeps_data else None,
    )
