"""Attends to the connections of nodes: who is wanted, whether it was granted, what is answered."""

import asyncio
import logging
import os
import re
import time
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus

import h11

from codeact_lsp.sandbox.hosts import AllowList, HostError, Target, target_of
from codeact_lsp.sandbox.proxying.addresses import (
    ClosedError,
    LookUp,
    Streams,
    connected,
    is_never_open,
)
from codeact_lsp.sandbox.proxying.relay import authority_of, exchange, tunnel
from codeact_lsp.sandbox.proxying.stream import Idle, Stream, Traffic

_log = logging.getLogger(__name__)
_HTTP = "http://"
_HTTP_PORT = 80
_MOST_HEAD_BYTES = 64 * 1024
_MOST_REFUSALS = 1000
_MOST_SHOWN = 253
_GIST = re.compile(r" \(granted|, where|, which|; ")
_UNANSWERED = (h11.IDLE, h11.SEND_RESPONSE)
# What says something about the way to the host; all else is about the request.
_OF_THE_WAY = (HTTPStatus.FORBIDDEN, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A host that a node was kept from.

    Attributes:
        host: As the node wrote it.
        port: None if it could not be understood.
        why: What was refused and why, and what would have to be granted.
        grant: What would have to be granted; None if there is no such grant.
        at: When, on the clock `time.monotonic`.
    """

    host: str
    port: int | None
    why: str
    grant: str | None = None
    at: float = field(default_factory=time.monotonic, compare=False)

    @property
    def gist(self) -> str:
        """What of it every client quotes; some cut off the rest."""
        return _GIST.split(self.why, maxsplit=1)[0]


class _UnservedError(Exception):
    """A request that is answered here."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class Attendant:
    """Serves connections and keeps account of them.

    Attributes:
        refusals: The latest ones, in order.
        traffic: What went through, by grant: below `*.example.com` there is no end of hosts.
    """

    def __init__(self, allowed: AllowList, look_up: LookUp, request: float, idle: float) -> None:
        """Take what was granted, what finds the addresses of names, and limits in seconds."""
        self.refusals: deque[Refusal] = deque(maxlen=_MOST_REFUSALS)
        self.traffic: dict[str, Traffic] = {}
        self._allowed = allowed
        self._look_up = look_up
        self._request_seconds = request
        self._idle_seconds = idle

    async def attend(self, streams: Streams) -> None:
        """Serve a connection to its end."""
        node = Stream(streams, h11.Connection(h11.SERVER, _MOST_HEAD_BYTES))
        try:
            if unserved := await self._unserved(node):
                await _answer(node, unserved)
            else:
                await node.linger()
        except OSError as error:
            _log.debug("a node has left the proxy: %s", error)
        except asyncio.CancelledError:
            node.break_off()
            raise
        finally:
            node.drop()

    async def _unserved(self, node: Stream) -> _UnservedError | None:
        """Serve a connection; returns what is left to be said if there was no serving it."""
        try:
            async with asyncio.timeout(self._request_seconds) as timeout:
                if request := await _request(node):
                    await self._serve(request, node, Idle(timeout, self._idle_seconds))
        except _UnservedError as error:
            return error
        except TimeoutError:
            return _UnservedError(HTTPStatus.GATEWAY_TIMEOUT, "nothing happened for too long")
        except (OSError, h11.ProtocolError) as error:
            return _UnservedError(HTTPStatus.BAD_GATEWAY, f"the host did not answer: {error}")
        return None

    async def _serve(self, request: h11.Request, node: Stream, idle: Idle) -> None:
        idle.over()
        target = self._target(request)
        host = await self._connected(target, idle, self._granted(target))
        node.idle = idle
        try:
            if request.method == b"CONNECT":
                await tunnel(node, host)
            else:
                await exchange(request, target, node, host)
        except BaseException:
            host.break_off()
            raise
        finally:
            node.idle = None
            host.drop()

    def _target(self, request: h11.Request) -> Target:
        text = request.target.decode("ascii")
        if request.method == b"CONNECT":
            return self._understood(text, None)
        if text[: len(_HTTP)].lower() == _HTTP:
            return self._understood(authority_of(text), _HTTP_PORT)
        raise _UnservedError(
            HTTPStatus.BAD_REQUEST,
            "this is a proxy: it takes CONNECT, and addresses that begin with http://",
        )

    def _understood(self, authority: str, port: int | None) -> Target:
        try:
            return target_of(authority, port)
        except HostError as error:
            raise self._refused(authority, None, f"refused by the sandbox: {error}") from error

    def _granted(self, target: Target) -> Traffic:
        """What counts the traffic of the grant that covers a target."""
        if grant := self._allowed.covering(target):
            return self.traffic.setdefault(str(grant), Traffic())
        wanted = target.asked_for
        why = (
            f"refused by the sandbox: {target} was not granted (granted: {self._allowed}); "
            f"it takes `Needs: network {wanted}` in the node's docstring, and that you grant it"
        )
        raise self._refused(str(target.host), target.port, why, wanted)

    async def _connected(self, target: Target, idle: Idle, traffic: Traffic) -> Stream:
        try:
            streams = await connected(target, self._allowed, self._look_up)
        except ClosedError as error:
            raise self._closed(target, error) from error
        except OSError as error:
            why = f"{target} cannot be reached: {_reason(error)}"
            raise _UnservedError(HTTPStatus.BAD_GATEWAY, why) from error
        traffic.connections += 1
        return Stream(streams, h11.Connection(h11.CLIENT, _MOST_HEAD_BYTES), idle, traffic)

    def _closed(self, target: Target, error: ClosedError) -> _UnservedError:
        """What to say of a host that was granted, and leads where it may not."""
        host, leads = str(target.host), f"leads to {error.address}, {error}"
        if is_never_open(error.address):
            why = f"refused by the sandbox: {target} {leads}, which no grant opens"
            return self._refused(host, target.port, why)
        grant = Target(error.address, target.port).asked_for
        why = (
            f"refused by the sandbox: {target} {leads}, where no name may lead; "
            f"if it is what you mean, grant `network {grant}` as well"
        )
        return self._refused(host, target.port, why, grant)

    def _refused(
        self, host: str, port: int | None, why: str, grant: str | None = None
    ) -> _UnservedError:
        self.refusals.append(Refusal(host[:_MOST_SHOWN], port, why, grant))
        _log.info("%s", why)
        return _UnservedError(HTTPStatus.FORBIDDEN, why)


async def _request(node: Stream) -> h11.Request | None:
    """What a connection wants; None if it has ended before it said anything."""
    try:
        request = await node.receive()
        if not isinstance(request, h11.Request):
            return None
        node.method = request.method
        if request.method == b"CONNECT" and not isinstance(await node.receive(), h11.EndOfMessage):
            raise _UnservedError(HTTPStatus.BAD_REQUEST, "CONNECT has no body")
    except h11.RemoteProtocolError as error:
        status = HTTPStatus(error.error_status_hint)
        raise _UnservedError(status, f"this is a proxy for HTTP: {error}") from error
    return request


async def _answer(node: Stream, unserved: _UnservedError) -> None:
    """Say what is wrong, also where clients show it: most of them quote the status line."""
    if node.http.our_state not in _UNANSWERED:
        node.break_off()  # The answer has begun, and may be one that ends with its connection.
        return
    why = str(unserved).encode("ascii", "replace")
    if unserved.status in _OF_THE_WAY and node.method not in {b"", b"CONNECT"}:
        await node.write(_no_answer(unserved.status, why))
        await node.linger()
        return
    headers = [
        ("Content-Type", "text/plain"),
        ("Content-Length", str(len(why) + 1)),
        ("Connection", "close"),
    ]
    await node.send(h11.Response(status_code=unserved.status, headers=headers, reason=why))
    if node.method != b"HEAD":
        await node.send(h11.Data(data=why + b"\n"))
    await node.send(h11.EndOfMessage())
    await node.linger()


def _no_answer(status: HTTPStatus, why: bytes) -> bytes:
    """What makes every client fail that asked for `http://`, and quote it.

    A proper answer is what the host would have said: most clients return it, whatever its status.
    """
    said = why if status is HTTPStatus.FORBIDDEN else b"no answer: " + why
    return b"HTTP/1.1 " + said + b"\r\nConnection: close\r\n\r\n"


def _reason(error: OSError) -> str:
    """What the system says, without the address, which asyncio puts in its place."""
    number = error.errno or 0
    return os.strerror(number) if number > 0 else error.strerror or str(error)
