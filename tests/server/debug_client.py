"""As much of a debugger's front end as tests need: a client of the Debug Adapter Protocol."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.server.editor import PATIENCE_SECONDS


class DebugClient:
    """The client's end of one session."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.events: list[dict[str, Any]] = []
        self._reader = reader
        self._writer = writer
        self._asked = 0

    async def begin(self, file: Path, *breakpoints: int) -> None:
        """Attach, set breakpoints in a file (by lines from 1), and let the program go on."""
        await self.ask("initialize", adapterID="tests", pathFormat="path")
        await self.ask("attach", justMyCode=True)
        await self.until("initialized")
        lines = [{"line": line} for line in breakpoints]
        answer = await self.ask("setBreakpoints", source={"path": str(file)}, breakpoints=lines)
        assert all(each["verified"] for each in answer["breakpoints"]), answer
        await self.ask("configurationDone")

    async def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        """The body of the answer to a request."""
        self._asked += 1
        self.send(
            {"seq": self._asked, "type": "request", "command": command, "arguments": arguments}
        )
        while (message := await self.receive()).get("request_seq") != self._asked:
            self.events.append(message)
        assert message["success"], message
        body: dict[str, Any] = message.get("body") or {}
        return body

    async def until(self, event: str) -> dict[str, Any]:
        """The body of the next event of a name, of those that nobody has taken."""
        while True:
            for message in self.events:
                if message.get("event") == event:
                    self.events.remove(message)
                    return message.get("body") or {}
            self.events.append(await self.receive())

    async def stack(self, stopped: dict[str, Any]) -> list[dict[str, Any]]:
        """The calls of the thread that has stopped, the innermost first."""
        told = await self.ask("stackTrace", threadId=stopped["threadId"])
        return list(told["stackFrames"])

    async def local_variables(self, stopped: dict[str, Any]) -> dict[str, str]:
        """The local variables where a thread has stopped, as they are shown."""
        frame, *_ = await self.stack(stopped)
        scopes = (await self.ask("scopes", frameId=frame["id"]))["scopes"]
        reference = next(scope for scope in scopes if scope["name"] == "Locals")
        told = await self.ask("variables", variablesReference=reference["variablesReference"])
        return {each["name"]: each["value"] for each in told["variables"]}

    async def evaluate(self, frame: dict[str, Any], expression: str) -> str:
        """What the debugger's console makes of an expression: a value, or an error."""
        self._asked += 1
        asked = {"expression": expression, "frameId": frame["id"], "context": "repl"}
        self.send(
            {"seq": self._asked, "type": "request", "command": "evaluate", "arguments": asked}
        )
        while (message := await self.receive()).get("request_seq") != self._asked:
            self.events.append(message)
        return str(message.get("message") or message["body"]["result"])

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self._writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def receive(self) -> dict[str, Any]:
        """The next message; raises IncompleteReadError at the end of the session."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            header = await self._reader.readuntil(b"\r\n\r\n")
            length = int(header.removeprefix(b"Content-Length: "))
            message: dict[str, Any] = json.loads(await self._reader.readexactly(length))
        return message

    async def until_end(self) -> None:
        """Wait until the other side has closed the connection."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._reader.read()


@asynccontextmanager
async def attached(waiting: Any) -> AsyncIterator[DebugClient]:
    """A client that is connected where a node waits; it has gone in the end."""
    reader, writer = await asyncio.open_connection(waiting["host"], waiting["port"])
    try:
        yield DebugClient(reader, writer)
    finally:
        writer.close()
