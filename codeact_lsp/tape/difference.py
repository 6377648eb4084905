"""How two tapes differ, step by step, apart from what is never the same twice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.tape.coding import encoded
from codeact_lsp.tape.reading import Line
from codeact_lsp.tape.steps import Happened

# Times, ids, what was measured, how a run was carried out for that, and where the plan lay.
_NEVER_THE_SAME = frozenset({
    "time", "run", "sequence", "seconds", "expected", "metrics", "usage", "wall", "cpu", "memory",
    "read", "written", "disk_read", "disk_written", "file", "shown", "program", "dollars",
    "why", "mode", "workers", "title",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Steps of one tape that stand where the other has others; either may have none there."""

    gone: tuple[Line, ...]
    come: tuple[Line, ...]


def differences(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Difference]:
    """What is not alike in two tapes."""
    old, new = list(_in_order(before)), list(_in_order(after))
    matcher = SequenceMatcher(None, [_key(each) for each in old], [_key(each) for each in new])
    for how, start, end, new_start, new_end in matcher.get_opcodes():
        if how != "equal":
            yield Difference(tuple(old[start:end]), tuple(new[new_start:new_end]))


def _in_order(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with what happened in a run node by node: which is done first is chance."""
    happened: list[Line] = []
    for line in lines:
        if isinstance(line.step, Happened):
            happened.append(line)
            continue
        yield from sorted(happened, key=_node)
        happened.clear()
        yield line
    yield from sorted(happened, key=_node)


def _node(line: Line) -> tuple[int, str]:
    event = line.step.event if isinstance(line.step, Happened) else None
    ends = {events.RunStarted: 0, events.RunFinished: 2}
    place = next((at for kind, at in ends.items() if isinstance(event, kind)), 1)
    return place, getattr(event, "node", "")


def _key(line: Line) -> str:
    return json.dumps(_lasting(encoded(line.step)), sort_keys=True)


def _lasting(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {
            name: _lasting(value) for name, value in data.items() if name not in _NEVER_THE_SAME
        }
    return [_lasting(each) for each in data] if isinstance(data, list | tuple) else data
