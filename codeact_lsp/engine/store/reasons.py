"""Why a call misses: what differs between it and the stored call that is nearest to it.

The nearest is one of the same code, if there is any, and of several the one of which the fewest
parts differ: what was edited and taken back is no reason.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.workspace.redaction import is_secret

NEVER = "it has not run yet"
DROPPED = "its result was removed to make room"
FAILED = "it failed when it last ran"
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


def why_missed(notes: Mapping[str, str], call: CallParts) -> str:
    """Why no result is stored for `call`, in words.

    Args:
        notes: What was remembered of stored calls of its node, by their keys, the latest first.
        call: The call.
    """
    if not notes:
        return NEVER
    try:
        if own := notes.get(call.key):
            return json.loads(own).get("unkept") or DROPPED
        now = json.loads(noted(call))
        was = min(map(json.loads, notes.values()), key=lambda was: _distance(was, now))
        reasons = list(_reasons(was, now))
    except (ValueError, KeyError, TypeError, AttributeError):
        return _ANOTHER_VERSION
    more = ["…"] if len(reasons) > _MOST_REASONS else []
    return "; ".join([*reasons[:_MOST_REASONS], *more]) or _ANOTHER_VERSION


def code_of(note: str) -> str:
    """The key of the code that a call had which made a value; empty if that is not told."""
    try:
        call = json.loads(note)
        return "" if call["unkept"] == FAILED else str(call["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def _distance(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[bool, int]:
    """How far a stored call is from this one; of those with other code the latest is nearest."""
    if was["code"] != now["code"]:
        return True, 0
    return False, sum(1 for _ in _reasons(was, now))


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
