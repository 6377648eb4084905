"""`codeact.coverage`: which lines of the plan ran for each node, and which could have."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from codeact_lsp.plan import Encoding, Piece, Plan, Span, relocate
from codeact_lsp.plan.structure.executable import executable
from codeact_lsp.server.board import Lines

if TYPE_CHECKING:
    from codeact_lsp.server.snapshot import Snapshot

_Numbers = set[int]


def coverage(snapshot: "Snapshot") -> dict[str, Any]:
    """The lines of the functions that each node reaches, in the text as it is now.

    Returns:
        Of each of the `nodes` that ran with its lines recorded, and has not changed since: `ran`
        and `missed`, both as pairs of the first and the last of some lines in a row.
    """
    nodes = [
        {"node": name, **_of_node(snapshot.plan, name, seen.lines)}
        for name, seen in snapshot.seen.items()
        if seen.lines
    ]
    return {"nodes": nodes}


def _of_node(plan: Plan, node: str, lines: Lines) -> dict[str, list[tuple[int, int]]]:
    noted = set(lines.ran)
    ran, missed = _Numbers(), _Numbers()
    for start, piece in _reached(lines.plan, node):
        first = _line_at(lines.plan, start)
        can_run = {first + line for line in executable(piece)}
        move = _Move(lines.plan, plan, start, first)
        ran |= move.moved(can_run & noted)
        missed |= move.moved(can_run - noted)
    return {"ran": list(_runs(ran)), "missed": list(_runs(missed))}


def _reached(plan: Plan, node: str) -> Iterator[tuple[int, Piece]]:
    """The pieces of which something can run for a node, and where each of them starts."""
    reached = set(map(id, plan.reached(node)))
    for start, piece in zip(plan.document.starts, plan.document.pieces, strict=True):
        if id(piece) in reached:
            yield start, piece


class _Move:
    """Moves lines of one piece to where they stand in a later plan."""

    def __init__(self, old: Plan, new: Plan, start: int, first: int) -> None:
        self._old, self._new = old, new
        whole = relocate(old, new, Span(start, start), exact=True)
        self._by = _line_at(new, whole.start) - first if whole else None

    def moved(self, lines: Iterable[int]) -> _Numbers:
        """Those of the lines that are still there. Comments may have come between them."""
        if self._by is not None:
            return {line + self._by for line in lines}
        places = (self._old.source.span_of_lines(line, line) for line in lines)
        found = (relocate(self._old, self._new, place) for place in places)
        return {_line_at(self._new, place.start) for place in found if place}


def _line_at(plan: Plan, offset: int) -> int:
    return plan.source.position(offset, Encoding.CODE_POINTS).line


def _runs(lines: _Numbers) -> Iterator[tuple[int, int]]:
    """Lines in a row as their first and their last."""
    if not lines:
        return
    ordered = sorted(lines)
    gaps = [(before, after) for before, after in pairwise(ordered) if after > before + 1]
    starts = [ordered[0], *(after for _, after in gaps)]
    ends = [*(before for before, _ in gaps), ordered[-1]]
    yield from zip(starts, ends, strict=True)
