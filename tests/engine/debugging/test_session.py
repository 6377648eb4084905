"""One debugging: who may attach, what gets through, and how it ends."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from codeact_lsp.engine.debugging.messages import MOST_BYTES, framed
from codeact_lsp.engine.debugging.session import DebugSession

GREETING = {"category": "console", "output": "hello\n"}


class Ends:
    """What is at both ends of a session: the node's process and the client."""

    def __init__(self, session: DebugSession, node: socket.socket, streams: Any) -> None:
        self.session = session
        self.node = node
        self.reader, self.writer = streams

    async def told(self) -> dict[str, Any]:
        """What comes to the client next."""
        header = await self.reader.readuntil(b"\r\n\r\n")
        length = int(header.removeprefix(b"Content-Length: "))
        message: dict[str, Any] = json.loads(await self.reader.readexactly(length))
        return message

    async def asked(self) -> bytes:
        """What comes to the node next."""
        return await asyncio.get_running_loop().sock_recv(self.node, 65_536)

    def say(self, **message: Any) -> None:
        """Send what a node's process may say."""
        self.node.send(framed(message))


@asynccontextmanager
async def attached() -> AsyncIterator[Ends]:
    session = await DebugSession.open("hello\n")
    node = socket.socket(fileno=os.dup(session.connection))
    node.setblocking(False)
    streams = await asyncio.open_connection(session.host, session.port)
    try:
        yield Ends(session, node, streams)
    finally:
        node.close()
        await session.close()
        streams[1].close()


async def test_requests_go_to_the_node_and_its_answers_come_back() -> None:
    async with attached() as ends:
        ends.writer.write(framed({"type": "request", "seq": 1, "command": "threads"}))
        assert json.loads((await ends.asked()).partition(b"\r\n\r\n")[2])["command"] == "threads"
        ends.say(type="response", request_seq=1, success=True)
        assert await ends.told() == {"type": "response", "request_seq": 1, "success": True}


async def test_a_client_is_greeted_once_the_debugger_is_there() -> None:
    async with attached() as ends:
        ends.say(type="event", event="initialized")
        assert (await ends.told())["event"] == "initialized"
        assert (await ends.told())["body"] == GREETING


@pytest.mark.parametrize(
    "message",
    [
        {"type": "request", "command": "runInTerminal", "arguments": {"args": ["rm"]}},
        {"type": "request", "command": "startDebugging", "arguments": {}},
        {"type": "event", "event": "debugpyAttach", "body": {"program": "evil"}},
        {"type": "event", "event": ["output"]},
        {"type": "command"},
        {},
    ],
)
async def test_what_could_have_an_editor_start_something_does_not_get_through(
    message: dict[str, Any],
) -> None:
    async with attached() as ends:
        ends.say(**message)
        ends.say(type="event", event="stopped")
        assert (await ends.told())["event"] == "stopped"


async def test_of_a_request_that_failed_only_the_words_get_through() -> None:
    """VS Code makes a button of the address, and links of the words: they may run its commands."""
    link = "[More](command:workbench.action.terminal.new)"
    error = {"id": 1, "format": link, "variables": {"a": "("}, "showUser": True}
    button = {"url": "command:evil", "urlLabel": "More", "sendTelemetry": True}
    async with attached() as ends:
        failed = {"type": "response", "request_seq": 1, "success": False}
        ends.say(**failed, message=link, body={"error": {**error, **button}, "more": 1})
        assert await ends.told() == {
            **failed,
            "message": "[More] (command:workbench.action.terminal.new)",
            "body": {
                "error": {
                    "id": 1,
                    "format": "[More] (command:workbench.action.terminal.new)",
                    "showUser": True,
                }
            },
        }
        ends.say(**failed, message="no such thread")
        assert await ends.told() == {**failed, "message": "no such thread"}
        kept = {"type": "response", "request_seq": 1, "success": True, "body": {"result": link}}
        ends.say(**kept)
        assert await ends.told() == kept


@pytest.mark.parametrize("category", ["important", "telemetry"])
async def test_what_a_node_writes_stays_in_the_console(category: str) -> None:
    async with attached() as ends:
        ends.say(type="event", event="output", body={"category": category, "output": "hi"})
        ends.say(type="event", event="output", body={"category": "stderr", "output": "hi"})
        assert (await ends.told())["body"] == {"category": "console", "output": "hi"}
        assert (await ends.told())["body"] == {"category": "stderr", "output": "hi"}


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Length: 3\r\n\r\n[1]",
        b"Content-Length: 3\r\n\r\n{x}",
        b"Content-Length: 3\r\n\r\nNaN",
        b"Content-Length: %d\r\n\r\n" % (MOST_BYTES + 1),
        b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000,
        b"No-Length: 3\r\n\r\n{}",
        b"x" * 100_000,
    ],
)
async def test_what_is_no_message_ends_the_session(data: bytes) -> None:
    async with attached() as ends:
        await asyncio.get_running_loop().sock_sendall(ends.node, data)
        assert await ends.reader.read() == b""
        await ends.session.left.wait()


async def test_the_end_of_the_node_is_told() -> None:
    async with attached() as ends:
        ends.node.close()
        await ends.session.close()
        assert (await ends.told())["event"] == "terminated"
        assert await ends.reader.read() == b""


async def test_it_is_not_told_before_what_came_of_the_node_is_known() -> None:
    async with attached() as ends:
        ends.say(type="event", event="terminated")
        ends.say(type="event", event="thread")
        assert (await ends.told())["event"] == "thread"


@pytest.mark.parametrize("command", ["disconnect", "terminate"])
async def test_a_parting_is_answered_and_not_left_to_the_node(command: str) -> None:
    async with attached() as ends:
        ends.writer.write(framed({"type": "request", "seq": 7, "command": command}))
        answer = await ends.told()
        assert (answer["request_seq"], answer["success"]) == (7, True)
        await ends.session.left.wait()


async def test_a_client_that_is_cut_off_has_left() -> None:
    async with attached() as ends:
        ends.writer.close()
        await ends.session.left.wait()


async def test_one_client_is_let_in_and_no_second() -> None:
    async with attached() as ends:
        await ends.session.attached.wait()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(ends.session.host, ends.session.port)


async def test_a_session_to_which_nobody_came_can_be_closed() -> None:
    session = await DebugSession.open("hello\n")
    await session.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(session.host, session.port)
