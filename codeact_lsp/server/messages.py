"""Messages as they come: what kind they are, and what is wrong with them."""

import json
import re
from typing import Any, NoReturn

import cattrs
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcParseError

_SNAKE = re.compile(r"(?<=[a-z])_([a-z])")


def parsed(body: bytes) -> Any:
    """The JSON of a message.

    Raises:
        JsonRpcParseError: It is none.
    """
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise JsonRpcParseError(f"This is no JSON: {error}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def is_request(message: Any) -> bool:
    """Whether the sender waits for an answer."""
    return isinstance(message, dict) and {"id", "method"} <= message.keys()


def is_response(message: Any) -> bool:
    """Whether it answers something."""
    return isinstance(message, dict) and "id" in message and "method" not in message


def id_of(message: Any) -> int | str | None:
    """The id of a message, if it can be one."""
    number = message.get("id") if isinstance(message, dict) else None
    return number if isinstance(number, int | str) and not isinstance(number, bool) else None


def cancelled_by(message: Any) -> frozenset[int | str]:
    """The request that a message cancels, if it does."""
    if not isinstance(message, dict) or message.get("method") != lsp.CANCEL_REQUEST:
        return frozenset()
    request = id_of(message.get("params"))
    return frozenset() if request is None else frozenset({request})


def reason(error: JsonRpcException) -> str:
    """Why a message could not be structured, and at which place of it."""
    cause = error.__cause__
    if not isinstance(cause, cattrs.BaseValidationError):
        return str(cause or error)
    # Places are told by our names, `text_document`; the client knows them by its own.
    said = "; ".join(cattrs.transform_error(cause, path="request"))
    return _SNAKE.sub(lambda letter: letter[1].upper(), said)


def text(value: Any, _kind: Any) -> str:
    """Text as it is.

    Raises:
        TypeError: It is something else.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected text, not {type(value).__name__}")
    return value
