"""What the local model does with a request: how it answers, or how it fails."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

Turn = Callable[[web.BaseRequest, dict[str, Any]], Awaitable[web.StreamResponse]]
"""Answers one request; the second argument is its body."""

_PIECE = 12


@dataclass(frozen=True)
class Usage:
    """What the model says that an answer took."""

    prompt: int = 100
    answer: int = 20


def says(text: str, *, finish: str = "stop", usage: Usage | None = None) -> Turn:
    """Answers with a text, in pieces if it is asked to stream."""

    async def turn(request: web.BaseRequest, body: dict[str, Any]) -> web.StreamResponse:
        counted = usage or Usage()
        if not body.get("stream"):
            return web.json_response(_whole(text, finish, counted))
        response = await _begin(request)
        for piece in _pieces(text):
            await _send(response, _chunk({"content": piece}))
        await _send(response, _chunk({}, finish))
        await _send(response, _chunk(None, usage=counted))
        return await _end(response)

    return turn


def fails(status: int, message: str = "It is broken.", **headers: str) -> Turn:
    """Answers with an HTTP error, in the form in which OpenAI describes it."""

    async def turn(_request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        error = {"message": message, "type": "error", "code": str(status)}
        return web.json_response({"error": error}, status=status, headers=named)

    return turn


def refuses(reason: str) -> Turn:
    """Answers in the field in which a model says that it would rather not."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        await _send(response, _chunk({"refusal": reason}))
        await _send(response, _chunk({}, "stop"))
        return await _end(response)

    return turn


def ends_early(text: str) -> Turn:
    """Sends a text, and closes the stream in good order without saying that the answer is whole."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        for piece in _pieces(text):
            await _send(response, _chunk({"content": piece}))
        await response.write_eof()
        return response

    return turn


def breaks_off(text: str) -> Turn:
    """Sends a text, and drops the connection."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        for piece in _pieces(text):
            await _send(response, _chunk({"content": piece}))
        if request.transport:
            request.transport.abort()
        return response

    return turn


def stalls(text: str = "") -> Turn:
    """Sends a text, and then nothing any more, until the client closes the connection."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        for piece in _pieces(text):
            await _send(response, _chunk({"content": piece}))
        await asyncio.Event().wait()
        return response

    return turn


def drips(piece: str, seconds: float) -> Turn:
    """Sends the same little piece again and again, and never ends."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        while True:
            await _send(response, _chunk({"content": piece}))
            await asyncio.sleep(seconds)

    return turn


def gushes(piece: str) -> Turn:
    """Sends a text as fast as it is taken, and never ends."""
    return drips(piece, 0)


def mumbles(raw: bytes) -> Turn:
    """Sends what is no JSON where a part of the answer is due."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        await response.write(b"data: " + raw + b"\n\n")
        return await _end(response)

    return turn


def thinks(thought: str, text: str, pause: float = 0.0) -> Turn:
    """Says what it thinks piece by piece, in the field for that, and then a text."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        for piece in _pieces(thought):
            await _send(response, _chunk({"reasoning_content": piece}))
            await asyncio.sleep(pause)
        await _send(response, _chunk({"content": text}))
        await _send(response, _chunk({}, "stop"))
        return await _end(response)

    return turn


def says_and_stalls(text: str) -> Turn:
    """Says a whole text, and does not end the stream."""

    async def turn(request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        response = await _begin(request)
        for piece in _pieces(text):
            await _send(response, _chunk({"content": piece}))
        await _send(response, _chunk({}, "stop"))
        await asyncio.Event().wait()
        return response

    return turn


def does_not_take(field: str, message: str, text: str) -> Turn:
    """Refuses requests with a field, and says a text to all others."""

    async def turn(request: web.BaseRequest, body: dict[str, Any]) -> web.StreamResponse:
        return await (fails(400, message) if field in body else says(text))(request, body)

    return turn


def shows_a_page(page: str) -> Turn:
    """Answers with a page for people, as a server does that is none of a model's."""

    async def turn(_request: web.BaseRequest, _body: dict[str, Any]) -> web.StreamResponse:
        return web.Response(text=page, content_type="text/html")

    return turn


async def _begin(request: web.BaseRequest) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    await _send(response, _chunk({"role": "assistant", "content": ""}))
    return response


async def _send(response: web.StreamResponse, data: dict[str, Any]) -> None:
    await response.write(b"data: " + json.dumps(data).encode() + b"\n\n")


async def _end(response: web.StreamResponse) -> web.StreamResponse:
    await response.write(b"data: [DONE]\n\n")
    await response.write_eof()
    return response


def _pieces(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def _chunk(
    delta: dict[str, Any] | None, finish: str | None = None, usage: Usage | None = None
) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {**_HEAD, "object": "chat.completion.chunk", "choices": choices, **_counted(usage)}


def _whole(text: str, finish: str, usage: Usage) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    return {**_HEAD, "object": "chat.completion", "choices": choices, **_counted(usage)}


def _counted(usage: Usage | None) -> dict[str, Any]:
    if usage is None:
        return {}
    total = usage.prompt + usage.answer
    return {
        "usage": {
            "prompt_tokens": usage.prompt,
            "completion_tokens": usage.answer,
            "total_tokens": total,
        }
    }


_HEAD = {"id": "chatcmpl-1", "created": 1_700_000_000, "model": "local"}
