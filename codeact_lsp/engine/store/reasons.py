"""Why a call misses: what differs between it and the last call of the same node."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from codeact_lsp.engine.call_parts import CallParts
from codeact_lsp.engine.redaction import is_secret

NEVER = "it has not run yet"
DROPPED = "its result was removed to make room"
_ANOTHER_VERSION = "its stored result was made by another version"
_LONGEST_SHOWN = 40
_MOST_REASONS = 3


def noted(call: CallParts, unkept: str = "") -> str:
    """What is remembered of a call, as JSON.

    Args:
        call: The call.
        unkept: Why its result could not be kept; empty if it was.
    """
    return json.dumps(
        {
            "unkept": unkept,
            "form": call.form,
            "code": call.code,
            "carried": call.carried,
            "interpreter": call.interpreter,
            "rights": call.rights,
            "values": dict(call.values),
            "given": {name: _shown(name, text) for name, text in call.given.items()},
        }
    )


def why_missed(note: str, key: str, call: CallParts) -> str:
    """Why no result is stored for `call`, in words.

    Args:
        note: What was remembered of the last call of the node that was stored.
        key: The key of that call.
        call: The call.
    """
    try:
        if key == call.key:
            return json.loads(note).get("unkept") or DROPPED
        reasons = list(_reasons(json.loads(note), json.loads(noted(call))))
    except (ValueError, KeyError, TypeError, AttributeError):
        return _ANOTHER_VERSION
    more = ["…"] if len(reasons) > _MOST_REASONS else []
    return "; ".join([*reasons[:_MOST_REASONS], *more]) or _ANOTHER_VERSION


def _reasons(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if was["form"] != now["form"]:
        yield _ANOTHER_VERSION
    if was["code"] != now["code"]:
        yield "its code changed since it ran"
    if was["interpreter"] != now["interpreter"]:
        yield "the Python that runs it, or a package of it, is another one"
    if was["rights"] != now["rights"]:
        yield "what it may do is not what it was"
    if was["carried"] != now["carried"]:
        yield "the code of the classes in its inputs changed"
    for name, digest in now["values"].items():
        if was["values"].get(name) != digest:
            yield f"the value of '{name}' is new"
    yield from _of_inputs(was["given"], now["given"])


def _of_inputs(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in [*now, *(gone for gone in was if gone not in now)]:
        old, new = was.get(name), now.get(name)
        if old == new:
            continue
        if old is None or new is None:
            yield f"input '{name}' is {'given now' if old is None else 'not given any more'}"
        elif "text" in old and "text" in new:
            yield f"input '{name}' was {old['text']}, is {new['text']}"
        else:
            yield f"input '{name}' changed"


def _shown(name: str, text: str) -> dict[str, str]:
    """An input's value: as people read it if it is plain and small, else as a digest."""
    value = json.loads(text)
    plain = not isinstance(value, list | dict) and not is_secret(name)
    if plain and len(text) <= _LONGEST_SHOWN:
        return {"text": repr(value)}
    return {"digest": hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}
