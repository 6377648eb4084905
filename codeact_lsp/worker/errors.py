"""An exception as JSON: what happened, where in the plan, through which calls and values."""

import ast
import itertools
import os
import sys
import traceback
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import expressions, focus, previews
from .aside import aside
from .bound import foreign
from .expressions import Place, Scope
from .facts import facts

_OURS = os.path.dirname(__file__) + os.sep
_MOST_FRAMES = 20
_MOST_LINKED = 5


class Reporter:
    """Describes failures of one node of one plan."""

    def __init__(
        self, text: str, file: str, inputs: Mapping[str, Any], closed: Sequence[int] = ()
    ) -> None:
        """Describe failures of the plan `text`.

        Args:
            text: The plan.
            file: Its path.
            inputs: The values that the node takes, by name.
            closed: Descriptors that the code of values and exceptions must not have.
        """
        self._text = text
        self._file = file
        self._inputs = inputs
        self._closed = closed

    def report(self, error: BaseException, category: str | None = None) -> dict[str, Any]:
        """All there is to know about an exception that ended the node.

        To describe it and the values around it runs code of theirs, which may never end.
        """
        category = category or _category(error)
        told = aside(lambda: self._told(error, category), self._closed)
        return told if isinstance(told, dict) else self._brief(error, category)

    def _told(self, error: BaseException, category: str) -> dict[str, Any]:
        own = self._own(error)
        return {
            **_headline(error),
            "category": category,
            "notes": _notes(error),
            "frames": _abridged([_frame(frame, place) for frame, place in own]),
            "surfaced": _surfaced(error, self._file) if own else None,
            "linked": [self._linked(how, other) for how, other in _linked(error)],
            **self._at(error, *own[-1] if own else (None, None)),
        }

    def _brief(self, error: BaseException, category: str) -> dict[str, Any]:
        """What is known of an exception without asking it."""
        frames = _abridged([_frame(frame, place) for frame, place in self._own(error)])
        message = "<an exception that takes too long or too much to show>"
        kind = type(error).__name__
        return {"type": kind, "message": message, "category": category, "frames": frames}

    def _own(self, error: BaseException) -> list[tuple[types.FrameType, Place | None]]:
        return [(frame, place) for frame, place in _places(error) if self._is_own(frame)]

    def stopped(self, frame: types.FrameType | None, category: str) -> dict[str, Any]:
        """Where a node was when it was told to stop."""
        own = [frame for frame in _stack(frame) if self._is_own(frame)]
        frames = _abridged([_frame(frame, _place(frame.f_code, frame.f_lasti)) for frame in own])
        return {"type": "", "message": "", "category": category, "frames": frames}

    def _is_own(self, frame: types.FrameType) -> bool:
        return frame.f_code.co_filename == self._file

    def _at(
        self, error: BaseException, frame: types.FrameType | None, place: Place | None
    ) -> dict[str, Any]:
        found: dict[str, Any] = {"values": [], "facts": None, "focus": None}
        if frame is None or place is None:
            return found
        try:
            tree = ast.parse(self._text)
            head = focus.head(tree, place)
            place = head or place
            scope = Scope.of(frame, foreign(tree, place, frame.f_code.co_name))
            found["values"] = expressions.values(tree, place, scope, self._inputs)
            found["facts"] = facts(error, tree, place, scope)
            found["focus"] = head.as_list() if head else None
        except BaseException:
            return found  # The failure itself must not be lost over what stands around it.
        return found

    def _linked(self, how: str, error: BaseException) -> dict[str, Any]:
        own = [_frame(frame, place) for frame, place in self._own(error)]
        return {"how": how, **_headline(error), "frames": own[-1:]}


def _headline(error: BaseException) -> dict[str, Any]:
    return {"type": type(error).__name__, "message": previews.message(error)}


def _notes(error: BaseException) -> list[str]:
    notes = getattr(error, "__notes__", None)
    return [previews.message(note) for note in notes] if isinstance(notes, list) else []


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


def _surfaced(error: BaseException, own: str) -> dict[str, Any] | None:
    """The frame outside the plan that raised, if the plan did not raise itself."""
    frames = list(traceback.walk_tb(error.__traceback__))
    frames = [pair for pair in frames if not pair[0].f_code.co_filename.startswith(_OURS)]
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


def _stack(innermost: types.FrameType | None) -> Iterator[types.FrameType]:
    """The frames of the stack, outermost first.

    Where an event loop runs until a task is complete, the frames of that task follow: while it
    waits, they are not on the stack.
    """
    frames: list[types.FrameType] = []
    while innermost is not None:
        frames.append(innermost)
        innermost = innermost.f_back
    for frame in reversed(frames):
        yield frame
        if task := _run_by_loop(frame):
            yield from _waiting(task.get_coro())


def _run_by_loop(frame: types.FrameType) -> Any:
    """The task that an event loop runs in this frame; None if it is another frame."""
    asyncio = sys.modules.get("asyncio")  # It is large, and most nodes do without.
    if asyncio is None or frame.f_code is not asyncio.BaseEventLoop.run_until_complete.__code__:
        return None
    future = frame.f_locals.get("future")
    return future if isinstance(future, asyncio.Task) else None


def _waiting(awaited: Any) -> Iterator[types.FrameType]:
    """The frames of a coroutine that waits, and of what it waits for; none if it is running."""
    while isinstance(awaited, types.CoroutineType) and not awaited.cr_running:
        if awaited.cr_frame:
            yield awaited.cr_frame
        awaited = awaited.cr_await
