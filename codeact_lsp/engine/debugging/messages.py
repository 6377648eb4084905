"""Messages of the Debug Adapter Protocol: how they are framed, and which of a node's may pass.

The debugger shares a process with the node's code, so what comes from there is not believed. A
request from there could have the editor start programs (`runInTerminal`, `startDebugging`), and an
event of nobody's protocol could have an extension do so. So only answers pass, and the events by
which the protocol says how a program is. That it has ended is not for the debugger to say: editors
leave when they hear it, and what came of the node is told after that.

Of a request that failed only the words pass. The protocol has room for a button with an address
there, and VS Code runs the command that such an address, or a link in the words, may name.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any

from codeact_lsp.plan.visible import unlinked

Message = dict[str, Any]

MOST_BYTES = 16_000_000
"""As long as a message may be; values are sent a page at a time, so none is near it."""
_LENGTH = re.compile(rb"content-length: *(\d{1,9})", re.IGNORECASE)
_EVENTS = frozenset({
    *("initialized", "stopped", "continued", "thread", "output", "breakpoint"),
    *("module", "loadedSource", "process", "capabilities", "invalidated"),
})  # fmt: skip
# Output of these categories is shown in a message, or sent to who made an extension.
_LOUD = frozenset({"important", "telemetry"})
_PARTINGS = frozenset({"disconnect", "terminate"})


class NoMessageError(Exception):
    """What came is no message of the protocol, or too long a one."""


async def read(reader: asyncio.StreamReader) -> Message | None:
    """The next message; None at the end of the stream.

    Raises:
        NoMessageError: Something else has come.
    """
    try:
        header = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(header)
        if length is None or int(length[1]) > MOST_BYTES:
            raise NoMessageError("a header without a length, or with one beyond all measure")
        return _parsed(await reader.readexactly(int(length[1])))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    except asyncio.LimitOverrunError as error:
        raise NoMessageError("a header without an end") from error


def framed(message: Mapping[str, Any]) -> bytes:
    """A message as it is sent."""
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def may_pass(message: Message) -> bool:
    """Whether a message of a node's process is one that an editor may be given."""
    return message.get("type") == "response" or any(is_event(message, name) for name in _EVENTS)


def shown(message: Message) -> Message:
    """A message that may pass, as an editor gets it: without links and calls for notice."""
    if message.get("type") == "response":
        return message if message.get("success") else _words(message)
    body = message.get("body")
    if is_event(message, "output") and isinstance(body, dict) and body.get("category") in _LOUD:
        return {**message, "body": {**body, "category": "console"}}
    return message


def is_parting(message: Message) -> bool:
    """Whether an editor asks for the end of the session."""
    return message.get("type") == "request" and str(message.get("command")) in _PARTINGS


def is_event(message: Message, name: str) -> bool:
    """Whether a message is an event of that name."""
    return message.get("type") == "event" and message.get("event") == name


def event(name: str, **body: Any) -> Message:
    """An event of ours."""
    return {"type": "event", "seq": 0, "event": name, "body": body}


def done(request: Message) -> Message:
    """The answer to a request that was heeded."""
    answers = {"request_seq": request.get("seq"), "command": request.get("command")}
    return {"type": "response", "seq": 0, "success": True, **answers}


def _words(response: Message) -> Message:
    body = response.get("body")
    error = body.get("error") if isinstance(body, dict) else None
    said = {key: unlinked(str(response[key])) for key in ("message",) if key in response}
    if not isinstance(error, dict):
        return {**response, **said}
    kept = {"id": error.get("id"), "format": unlinked(str(error.get("format")))}
    return {
        **response,
        **said,
        "body": {"error": {**kept, "showUser": bool(error.get("showUser"))}},
    }


def _parsed(body: bytes) -> Message:
    try:
        message = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NoMessageError("no JSON") from error
    if not isinstance(message, dict):
        raise NoMessageError("no object")
    return message


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
