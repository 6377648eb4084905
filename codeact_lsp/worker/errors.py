"""An exception as JSON: what happened, where in the plan, through which calls and values."""

import ast
import os
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from . import exceptions, focus, previews, telling
from .aside import aside
from .copies import Taken
from .expressions import Place
from .linked import linked
from .stack import Call, Stack, place_of
from .waiting import frames_of

_OURS = os.path.dirname(__file__) + os.sep
_MOST_FRAMES = 20
_CATEGORIES: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "memory"),
    (ImportError, "import"),
    (SyntaxError, "syntax"),
    (SystemExit, "exit"),
)


class Reporter:
    """Describes failures of one node of one plan."""

    def __init__(
        self,
        text: str,
        file: str,
        node: str,
        taken: Taken,
        closed: Sequence[int] = (),
    ) -> None:
        """Describe failures of the plan `text`.

        Args:
            text: The plan.
            file: Its path.
            node: The name of the node.
            taken: The values that the node takes.
            closed: Descriptors that the code of values and exceptions must not have.
        """
        self._text = text
        self._file = file
        self._node = node
        self._taken = taken
        self._closed = closed

    def report(
        self,
        error: BaseException,
        category: str | None = None,
        parting: Callable[[dict[str, Any]], None] | None = None,
    ) -> dict[str, Any]:
        """All there is to know about an exception that ended the node.

        To describe it and the values around it runs code of theirs, which may never end.

        Args:
            error: The exception.
            category: What kind of failure it is; without it, the exception's class tells.
            parting: Takes what is to be told if to ask the exception ends this process.
        """
        category = category or _category(error)
        brief = self._brief(error, category)
        told = aside(
            lambda: self._told(error, category),
            self._closed,
            parting=partial(parting, brief) if parting else None,
        )
        return told if isinstance(told, dict) else brief

    def _told(self, error: BaseException, category: str) -> dict[str, Any]:
        own = self._own(error)
        surfaced = _surfaced(error, self._file) if own else None
        return {
            **_headline(error),
            "category": category,
            "notes": [previews.message(note) for note in exceptions.notes(error)],
            "frames": _abridged([_frame(frame, place) for frame, place in own]),
            "surfaced": surfaced,
            "linked": [self._linked(how, depth, each) for how, depth, each in linked(error)],
            **self._around(error, own, surfaced),
        }

    def _brief(self, error: BaseException, category: str) -> dict[str, Any]:
        """What is known of an exception without asking it."""
        frames = _abridged([_frame(frame, place) for frame, place in self._own(error)])
        message = "<an exception that takes too long or too much to show>"
        kind = exceptions.class_name(error)
        return {"type": kind, "message": message, "category": category, "frames": frames}

    def _own(self, error: BaseException) -> list[tuple[types.FrameType, Place]]:
        return [(frame, place) for frame, place in _places(error) if self._is_own(frame)]

    def stopped(self, frame: types.FrameType | None, category: str) -> dict[str, Any]:
        """Where a node was when it was told to stop."""
        own = [frame for frame in frames_of(frame) if self._is_own(frame)]
        frames = _abridged([_frame(frame, place_of(frame.f_code, frame.f_lasti)) for frame in own])
        return {"type": "", "message": "", "category": category, "frames": frames}

    def _is_own(self, frame: types.FrameType) -> bool:
        return frame.f_code.co_filename == self._file

    def _around(
        self,
        error: BaseException,
        own: Sequence[tuple[types.FrameType, Place]],
        surfaced: Mapping[str, Any] | None,
    ) -> dict[str, Any]:
        """The values where it failed, and what is missing there."""
        if not own:
            return {}
        try:
            tree = ast.parse(self._text)
            *outer, (frame, place) = own
            head = focus.head(tree, place)
            innermost = Call.of(tree, frame, head or place)
            others = [Call.of(tree, *each) for each in reversed(outer[-_MOST_FRAMES:])]
            stack = Stack(tree, [innermost, *others])
            file = surfaced["file"] if surfaced else None
            found = telling.around(error, stack, self._node, self._taken, file)
            return {**found, "focus": head.as_list() if head else None}
        except BaseException:
            return {}  # The failure itself must not be lost over what stands around it.

    def _linked(self, how: str, depth: int, error: BaseException) -> dict[str, Any]:
        own = [_frame(frame, place) for frame, place in self._own(error)]
        return {"how": how, "depth": depth, **_headline(error), "frames": own[-1:]}


def _headline(error: BaseException) -> dict[str, Any]:
    return {"type": exceptions.class_name(error), "message": previews.message(error)}


def _category(error: BaseException) -> str:
    return next((name for kind, name in _CATEGORIES if exceptions.is_a(error, kind)), "user")


def _places(error: BaseException) -> Iterator[tuple[types.FrameType, Place]]:
    """The exact range that each traceback frame was executing (PEP 657)."""
    step = exceptions.traceback(error)
    while step is not None:
        # `tb_lasti`, not the frame's own `f_lasti`: a frame that cleaned up has moved on since.
        yield step.tb_frame, place_of(step.tb_frame.f_code, step.tb_lasti) or _whole(step.tb_lineno)
        step = step.tb_next


def _whole(line: int) -> Place:
    return Place(line, 0, line, 0)


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
    last, step = None, exceptions.traceback(error)
    while step is not None:
        code = step.tb_frame.f_code
        if not code.co_filename.startswith(_OURS):
            last = {"file": code.co_filename, "line": step.tb_lineno, "function": code.co_name}
        step = step.tb_next
    return None if last is None or last["file"] == own else last
