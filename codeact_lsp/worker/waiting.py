"""The frames of what a node is doing, those of a task that waits among them."""

import sys
import types
from collections.abc import Iterator
from typing import Any


def frames_of(innermost: types.FrameType | None) -> Iterator[types.FrameType]:
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
