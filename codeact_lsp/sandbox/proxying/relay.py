"""What goes between a node and a host once they are connected: bytes, or one HTTP exchange.

Messages are read and written anew, never passed on as they came: what one side takes for the end of
a message, the other has to take for it as well. Nothing is kept beyond what is on its way, and no
side is sent more than it reads.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import h11

from codeact_lsp.sandbox.hosts import Target
from codeact_lsp.sandbox.proxying.stream import Stream

# These are for the next one down the line alone (RFC 9110, section 7.6.1).
_HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"upgrade",
    }
)
_CLOSE = (b"Connection", b"close")

Header = tuple[bytes, bytes]


async def tunnel(node: Stream, host: Stream) -> None:
    """Pass on bytes in both directions until both have ended.

    Raises:
        OSError: One of them is gone.
    """
    await node.send(h11.Response(status_code=200, headers=[], reason=b"Connection established"))
    early, _ = node.http.trailing_data  # It did not wait for the answer.
    if early:
        await host.write(early)
    await _together(asyncio.ALL_COMPLETED, _pump(node, host), _pump(host, node))


async def exchange(request: h11.Request, target: Target, node: Stream, host: Stream) -> None:
    """Pass on a request and what it is answered with; both connections have served then.

    Raises:
        h11.ProtocolError: One of them does not speak HTTP.
        OSError: One of them is gone.
    """
    await host.send(_outgoing(request, target))
    # A host may answer before it has all of the request, and needs no more of it then.
    await _together(asyncio.FIRST_COMPLETED, _ask(node, host), _answer(host, node))


def authority_of(address: str) -> str:
    """The part of `http://host/path` that says whom it is for."""
    _, _, rest = address.partition("://")
    return _before(rest, "/", "?", "#")


async def _together(until: str, *directions: Coroutine[Any, Any, None]) -> None:
    """Have data go both ways until one or all have ended, or one has failed."""
    tasks = [asyncio.ensure_future(direction) for direction in directions]
    try:
        pending = set(tasks)
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            if until == asyncio.FIRST_COMPLETED:
                return
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pump(source: Stream, sink: Stream) -> None:
    while data := await source.read():
        await sink.write(data)
    sink.finish()


async def _ask(node: Stream, host: Stream) -> None:
    while not isinstance(event := await node.receive(), h11.EndOfMessage):
        if isinstance(event, h11.Data):
            await host.send(h11.Data(data=event.data))
    await host.send(h11.EndOfMessage())
    while await node.read():
        pass  # The connection serves one request; whatever follows it is not for this host.
    raise ConnectionResetError("the node no longer waits for the answer")


async def _answer(host: Stream, node: Stream) -> None:
    while not isinstance(event := await host.receive(), h11.EndOfMessage):
        match event:
            case h11.InformationalResponse(status_code=status, headers=headers, reason=reason):
                await node.send(
                    h11.InformationalResponse(
                        status_code=status, headers=_end_to_end(headers.raw_items()), reason=reason
                    )
                )
            case h11.Response(status_code=status, headers=headers, reason=reason):
                passed_on = [*_end_to_end(headers.raw_items()), _CLOSE]
                await node.send(h11.Response(status_code=status, headers=passed_on, reason=reason))
            case h11.Data(data=data):
                await node.send(h11.Data(data=data))
            case _:
                raise ConnectionResetError("it ended the connection without an answer")
    await node.send(h11.EndOfMessage())


def _outgoing(request: h11.Request, target: Target) -> h11.Request:
    """A request as its host gets it: for that host, whatever else it was said to be for."""
    address = request.target.decode("ascii")
    _, _, rest = address.partition("://")
    path = _before(rest[len(authority_of(address)) :], "#")
    headers = [*_end_to_end(request.headers.raw_items(), b"host"), _CLOSE]
    return h11.Request(
        method=request.method,
        target=path if path.startswith("/") else f"/{path}",
        headers=[(b"Host", str(target).removesuffix(":80").encode()), *headers],
    )


def _end_to_end(headers: list[Header], *replaced: bytes) -> list[Header]:
    """Headers that are not for us alone. A length beside chunks would be a second end."""
    ours = {*_HOP_BY_HOP, *replaced}
    for name, value in headers:
        if name.lower() == b"connection":
            ours.update(token.strip().lower() for token in value.split(b","))
        elif name.lower() == b"transfer-encoding":
            ours.add(b"content-length")
    return [header for header in headers if header[0].lower() not in ours]


def _before(text: str, *marks: str) -> str:
    for mark in marks:
        text, _, _ = text.partition(mark)
    return text
