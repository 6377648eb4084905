"""`codeact.failure`: all that is known of how a node failed, for who draws it himself."""

from typing import TYPE_CHECKING, Any

from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import Span
from codeact_lsp.plan.visible import visible, visible_lines
from codeact_lsp.server.features.diagnostics import failing_place, other_places

if TYPE_CHECKING:
    from codeact_lsp.server.snapshot import Snapshot


def failure(snapshot: "Snapshot", name: str) -> dict[str, Any] | None:
    """The failure of a node in the text as it is now, as plain data; None if it has not failed.

    Returns:
        `headline` and `notes`; the `range` to underline and the `line` that it begins on; the
        `values` seen there; other `places` with what they have to do with it, the origins of bad
        values first; the titles of the `fixes` that were run, and whether there may be more.
    """
    seen = snapshot.seen.get(name)
    if seen is None or seen.error is None or name not in snapshot.plan.nodes:
        return None
    error, source = seen.error, snapshot.plan.source
    place = failing_place(snapshot, name, seen)
    return {
        "headline": visible_lines(error.headline),
        "notes": list(map(visible_lines, error.notes)),
        "range": wire.span(place, source),
        "line": source.line(source.line_at(place.start)),
        "values": [
            {"text": visible_lines(value.text), "value": visible_lines(value.value)}
            for value in error.values
        ],
        "places": [_place(snapshot, *other) for other in other_places(snapshot, seen)],
        "fixes": [visible(fix.title) for fix in seen.fixes],
        "searching": seen.searching,
    }


def _place(snapshot: "Snapshot", span: Span, message: str) -> dict[str, Any]:
    definition = snapshot.plan.node_at(span.start)
    return {
        "message": visible_lines(message),
        "node": definition.node.name if definition else None,
        "range": wire.span(span, snapshot.plan.source),
    }
