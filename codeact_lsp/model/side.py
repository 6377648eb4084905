"""The side process: asks providers through litellm, and alone holds keys.

It is started as `python -m codeact_lsp.model.side`. Requests come as JSON lines on standard input,
answers go as JSON lines to what was standard output: litellm prints, and what it prints goes
nowhere. When standard input ends, whoever started the process is gone, and so is the process.
"""

import asyncio
import json
import os
import sys
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

# A longer part is sent in several, so that no line is longer than who reads it allows.
_MOST_CHARACTERS = 16_384
_MOST_SAID = 300

Request = dict[str, Any]
Event = dict[str, Any]
Answers = Callable[[Request, str | None], AsyncGenerator[Event, None]]


class Side:
    """Answers the requests of one parent, each in a task of its own.

    Args:
        tell: Takes what is to be told, as JSON data.
    """

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell
        self._key: str | None = None
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._provider: asyncio.Task[Answers] | None = None

    def handle(self, request: Request) -> None:
        """Do what a line of the parent says."""
        match request:
            case {"do": "key", "key": str() | None as key}:
                self._key = key
            case {"do": "cancel", "id": int(number)}:
                if task := self._tasks.get(number):
                    task.cancel()
            case {"id": int(number)}:
                task = asyncio.create_task(self._answer(number, request))
                self._tasks[number] = task
                task.add_done_callback(lambda _: self._tasks.pop(number))
            case _:
                raise AssertionError(f"no such request: {request.get('do')}")

    async def _answer(self, number: int, request: Request) -> None:
        """Tell of an answer as it comes. Its last event is `done`, `failed` or `cancelled`."""
        try:
            async for event in self._events(request):
                for part in _parts(event):
                    self._tell({"id": number, **part})
        except asyncio.CancelledError:
            self._tell({"id": number, "event": "cancelled"})

    async def _events(self, request: Request) -> AsyncIterator[Event]:
        try:
            answers = await self._loaded()
        except Exception as error:  # noqa: BLE001 - litellm fails to load in many ways.
            said = f"{type(error).__name__}: {error}"[:_MOST_SAID]
            yield {"event": "failed", "kind": "not-installed", "said": said}
            return
        if request["do"] == "load":
            yield {"event": "done"}
            return
        async with aclosing(answers(request, self._key)) as events:
            async for event in events:
                yield event

    async def _loaded(self) -> Answers:
        """The means to ask: loading them takes seconds, and is done once and off the loop."""
        if self._provider is None or (self._provider.done() and self._provider.exception()):
            self._provider = asyncio.create_task(asyncio.to_thread(_load))
        return await asyncio.shield(self._provider)


def _load() -> Answers:
    from codeact_lsp.model import provider  # noqa: PLC0415 - it imports litellm.

    return provider.answers


def _parts(event: Event) -> list[Event]:
    text = event.get("text")
    if not text or len(text) <= _MOST_CHARACTERS:
        return [event]
    cuts = range(0, len(text), _MOST_CHARACTERS)
    return [{**event, "text": text[cut : cut + _MOST_CHARACTERS]} for cut in cuts]


def _listen(loop: asyncio.AbstractEventLoop, side: Side) -> None:
    """Hand requests to the loop; at the end of them the process ends, whatever it is doing."""
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(side.handle, json.loads(line))
    os._exit(0)


def _own_standard_output() -> Callable[[Event], None]:
    """Take standard output away from everybody else in this process."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def tell(event: Event) -> None:
        try:
            out.write(json.dumps(event).encode() + b"\n")
        except BrokenPipeError:
            os._exit(0)

    return tell


async def _serve(side: Side) -> None:
    loop = asyncio.get_running_loop()
    threading.Thread(target=_listen, args=(loop, side), daemon=True).start()
    await asyncio.Event().wait()


def main() -> None:
    """Serve the parent until it is gone."""
    asyncio.run(_serve(Side(_own_standard_output())))


if __name__ == "__main__":
    main()
