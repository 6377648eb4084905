"""The streams under a session: headers as clients write them, and how a session ends."""

import asyncio
import json
import os
from typing import Any

import pytest

from codeact_lsp.server import transport
from codeact_lsp.server.server import create_server
from tests.server.pair import bare

BODY = b'{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}'
REFUSED = -32002  # What a request gets before `initialize`; here it is as good an answer as any.


class Sent:
    """A writer that keeps what is written."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += data

    def close(self) -> None:
        pass

    async def wait_closed(self) -> None:
        pass

    @property
    def messages(self) -> list[Any]:
        bodies = self.data.split(b"\r\n\r\n")[1:]
        return [json.loads(body.split(b"Content-Length")[0]) for body in bodies]


async def answers(data: bytes) -> list[int]:
    """The codes of the errors that a client gets that sends this and leaves."""
    reader, sent = asyncio.StreamReader(), Sent()
    reader.feed_data(data)
    reader.feed_eof()
    assert await transport.serve(create_server(), reader, sent) == 1
    return [message["error"]["code"] for message in sent.messages]


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: %d\r\n\r\n",
        b"content-length:%d\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
        b"Content-Length: %d\r\nContent-Type: x\r\n\r\n",
        b"Content-Length: %d\n\n",
        b"a stray line\n\r\nContent-Length: none\r\nContent-Length: %d\r\n\r\n",
    ],
)
async def test_headers_are_read_as_clients_write_them(headers: bytes) -> None:
    message = headers % len(BODY) + BODY
    assert await answers(message * 2) == [REFUSED, REFUSED]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"Content-Length: 10\r\n",
        b"Content-Length: 10\r\n\r\n{",
        b"Content-Length: 99999999999999999999\r\n\r\n",
        b"x" * 200_000,
    ],
    ids=["nothing", "blank", "half a header", "half a body", "no length", "a long line"],
)
async def test_a_session_that_breaks_off_ends(data: bytes) -> None:
    assert await answers(data) == []


async def test_an_empty_body_is_no_message() -> None:
    assert await answers(b"Content-Length: 0\r\n\r\n" * 2) == [-32700, -32700]


@pytest.mark.parametrize("blocking", [True, False])
async def test_descriptors_carry_any_amount_both_ways(*, blocking: bool) -> None:
    theirs, ours = os.pipe()
    os.set_blocking(theirs, blocking)
    os.set_blocking(ours, blocking)
    writer = transport.DescriptorWriter(ours)
    reader = transport.read_descriptor(theirs)
    sent = os.urandom(1 << 20)
    writer.write(sent[:10])
    writer.write(sent[10:])
    assert await reader.readexactly(len(sent)) == sent
    writer.close()
    await writer.wait_closed()
    os.close(ours)
    assert await reader.read() == b""
    os.close(theirs)


async def test_a_client_that_does_not_read_stops_nothing() -> None:
    theirs, ours = os.pipe()
    writer = transport.DescriptorWriter(ours)
    writer.write(b"x" * (1 << 22))  # More than a pipe holds.
    os.close(theirs)
    writer.close()
    await writer.wait_closed()
    os.close(ours)


async def test_a_request_whose_cancel_has_come_already_is_not_begun() -> None:
    """As when somebody types on while the server is busy."""
    begin: dict[str, Any] = {"capabilities": {}, "processId": None, "rootUri": None}
    hover = {
        "textDocument": {"uri": "file:///nothing"},
        "position": {"line": 0, "character": 0},
    }
    async with bare() as wire:
        wire.tell("initialize", begin, id=1)
        for number in (2, 3):
            wire.tell("textDocument/hover", hover, id=number)
        wire.tell("$/cancelRequest", {"id": 2})
        wire.tell("textDocument/hover", hover, id=4)
        answers = [await wire.receive() for _ in range(4)]
        assert [(each["id"], each.get("error", {}).get("code")) for each in answers] == [
            (1, None),
            (2, -32800),
            (3, None),
            (4, None),
        ]
        wire.tell("textDocument/hover", hover, id=2)  # The id is free again.
        assert "result" in await wire.receive()


async def test_a_cancel_reaches_a_request_that_has_begun() -> None:
    async with bare() as wire:
        await wire.ask("initialize", {"capabilities": {}, "processId": None, "rootUri": None})
        wire.tell("workspace/symbol", {"query": ""}, id=1)
        wire.tell("$/cancelRequest", {"id": 1})
        assert (await wire.receive())["error"]["code"] == -32800
