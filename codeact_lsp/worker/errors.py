"""An exception as JSON: what happened, where in the plan, through which calls, with which values."""

import ast
import asyncio
import itertools
import traceback
import types
from collections.abc import Iterator, Mapping
from typing import Any

from . import expressions
from .expressions import Place, Scope
from .facts import facts

_MOST_FRAMES = 20
_MOST_LINKED = 5
_MOST_MESSAGE = 2_000


class Reporter:
    """Describes failures of one node of one plan."""

    def __init__(self, text: str, file: str, inputs: Mapping[str, Any]) -> None:
        self._text = text
        self._file = file
        self._inputs = inputs

    def report(self, error: BaseException, category: str | None = None) -> dict[str, Any]:
        """All there is to know about an exception that ended the node."""
        frames = list(traceback.walk_tb(error.__traceback__))
        own = [(frame, place) for frame, place in _places(error) if self._is_own(frame)]
        return {
            **_headline(error),
            "category": category or _category(error),
            "notes": [str(note)[:_MOST_MESSAGE] for note in getattr(error, "__notes__", [])],
            "frames": _abridged([_frame(frame, place) for frame, place in own]),
            "surfaced": _surfaced(frames, self._file),
            "linked": [self._linked(how, other) for how, other in _linked(error)],
            **self._at(error, *own[-1] if own else (None, None)),
        }

    def stopped(self, frame: types.FrameType | None, category: str) -> dict[str, Any]:
        """Where a node was when it was told to stop."""
        stack = [(frame, frame.f_lasti) for frame in reversed(list(_outwards(frame)))]
        stack += [(frame, frame.f_lasti) for frame in _suspended()]
        frames = _abridged(
            [
                _frame(frame, _place(frame.f_code, last))
                for frame, last in stack
                if self._is_own(frame)
            ]
        )
        return {"type": "", "message": "", "category": category, "frames": frames}

    def _is_own(self, frame: types.FrameType) -> bool:
        return frame.f_code.co_filename == self._file

    def _at(
        self, error: BaseException, frame: types.FrameType | None, place: Place | None
    ) -> dict[str, Any]:
        if frame is None or place is None:
            return {"values": [], "facts": None}
        tree, scope = ast.parse(self._text), Scope.of(frame)
        return {
            "values": expressions.values(tree, place, scope, self._inputs),
            "facts": facts(error, tree, place, scope),
        }

    def _linked(self, how: str, error: BaseException) -> dict[str, Any]:
        places = _places(error)
        own = [_frame(frame, place) for frame, place in places if self._is_own(frame)]
        return {"how": how, **_headline(error), "frames": own[-1:]}


def _headline(error: BaseException) -> dict[str, Any]:
    try:
        message = str(error)
    except Exception as broken:  # noqa: BLE001 - `__str__` is code of the user's.
        message = f"<its message cannot be shown: {type(broken).__name__}>"
    return {"type": type(error).__name__, "message": message[:_MOST_MESSAGE]}


def _category(error: BaseException) -> str:
    match error:
        case MemoryError():
            return "memory"
        case ImportError():
            return "import"
        case SyntaxError():
            return "syntax"
        case SystemExit():
            return "exit"
        case _:
            return "user"


def _places(error: BaseException) -> Iterator[tuple[types.FrameType, Place | None]]:
    """The exact range that each traceback frame was executing (PEP 657)."""
    step = error.__traceback__
    while step is not None:
        # `tb_lasti`, not the frame's own `f_lasti`: a frame that cleaned up has moved on since.
        yield step.tb_frame, _place(step.tb_frame.f_code, step.tb_lasti) or _whole(step.tb_lineno)
        step = step.tb_next


def _whole(line: int) -> Place:
    return Place(line, 0, line, 0)


def _place(code: types.CodeType, last: int) -> Place | None:
    line, end_line, column, end_column = next(
        itertools.islice(code.co_positions(), last // 2, None), (None, None, None, None)
    )
    if line is None or end_line is None or column is None or end_column is None:
        return None
    return Place(line, column, end_line, end_column)


def _frame(frame: types.FrameType, place: Place | None) -> dict[str, Any]:
    place = place or _whole(frame.f_lineno)
    return {"function": frame.f_code.co_name, "place": place.as_list()}


def _abridged(frames: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outermost and the innermost frames; a runaway recursion has a thousand alike."""
    if len(frames) <= _MOST_FRAMES:
        return frames
    return [*frames[:5], *frames[5 - _MOST_FRAMES :]]


def _surfaced(frames: list[tuple[types.FrameType, int]], own: str) -> dict[str, Any] | None:
    """The frame outside the plan that raised, if the plan did not raise itself."""
    if not frames or frames[-1][0].f_code.co_filename == own:
        return None
    frame, line = frames[-1]
    code = frame.f_code
    return {"file": code.co_filename, "line": line, "function": code.co_name}


def _linked(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """Causes, contexts and the members of a group."""
    members = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    yield from (("member", member) for member in members[:_MOST_LINKED])
    seen = {id(error)}
    for _ in range(_MOST_LINKED):
        cause = error.__cause__
        before = cause or (None if error.__suppress_context__ else error.__context__)
        if before is None or id(before) in seen:
            return
        seen.add(id(before))
        yield "cause" if cause else "context", before
        error = before


def _suspended() -> Iterator[types.FrameType]:
    """Frames of coroutines that wait: while they do, they are not on the stack."""
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # No event loop is running.
        return
    for task in tasks:
        yield from task.get_stack()


def _outwards(frame: types.FrameType | None) -> Iterator[types.FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back
