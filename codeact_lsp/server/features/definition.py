"""From a name to what it stands for: a node, a helper, or what gives an input its value."""

from dataclasses import dataclass

from lsprotocol import types as lsp

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.names.occurrences import (
    Form,
    Kind,
    Subject,
    definition_of,
    occurrences,
    subject_at,
)
from codeact_lsp.server.features.names import settings_of
from codeact_lsp.server.snapshot import Snapshot

_Definition = lsp.Location | list[lsp.Location] | list[lsp.LocationLink] | None


@dataclass(frozen=True, slots=True)
class _Target:
    """A definition, and all that should be shown of it."""

    name: lsp.Location
    whole: lsp.Range


def definition(snapshot: Snapshot, params: lsp.DefinitionParams) -> _Definition:
    """Where what is named at a position is defined; an input, where the inputs file sets it."""
    named = subject_at(snapshot.plan, snapshot.offset(params.position))
    targets = _targets(snapshot, *named) if named else []
    if not named or not targets:
        return None
    if snapshot.client.links_definitions:
        return [_link(snapshot.range(named[1]), target) for target in targets]
    places = [target.name for target in targets]
    return places if len(places) > 1 else places[0]


def _targets(snapshot: Snapshot, subject: Subject, origin: Span) -> list[_Target]:
    plan = snapshot.plan
    if subject.kind is Kind.INPUT:
        given = [_Target(place, place.range) for place in settings_of(snapshot, subject)]
        return given or [_here(snapshot, _parameter(plan, subject, origin))]
    place = definition_of(plan, subject)
    if place is None:
        return []
    node = plan.nodes.get(subject.name)
    return [_here(snapshot, place, node.span(node.node.span) if node else place)]


def _parameter(plan: Plan, subject: Subject, origin: Span) -> Span:
    """The parameter that an input's name stands for: the same function's, else the first."""
    spans = [one.span for one in occurrences(plan, subject) if one.form is Form.PARAMETER]
    piece = plan.document.piece_at(origin.start)
    own = (span for span in spans if plan.document.piece_at(span.start) == piece)
    return next(own, spans[0])


def _here(snapshot: Snapshot, name: Span, whole: Span | None = None) -> _Target:
    place = lsp.Location(uri=snapshot.uri, range=snapshot.range(name))
    return _Target(place, snapshot.range(whole) if whole else place.range)


def _link(origin: lsp.Range, target: _Target) -> lsp.LocationLink:
    return lsp.LocationLink(
        origin_selection_range=origin,
        target_uri=target.name.uri,
        target_range=target.whole,
        target_selection_range=target.name.range,
    )
