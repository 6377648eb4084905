"""What the result of a call depends on, part by part."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path

_as_json = json.JSONEncoder(sort_keys=True).encode
# Of about 1 kB each.
_MOST_REMEMBERED = 8192

Pairs = tuple[tuple[str, str], ...]
"""A mapping, as something that has a hash."""


@dataclass(frozen=True)
class CallParts:
    """All that a call depends on, but for files: two calls with equal parts are the same call.

    Attributes:
        file: The plan's path: see `name_of`.
        node: The node that is called.
        code: The key of the node's code and of all that it reaches.
        carried: The key of the code of the plan that its values are made of.
        values: The digest of each value that it takes from another node, by parameter.
        given: Each input that it takes from outside of the plan, as JSON text, by parameter.
        interpreter: The identity of the interpreter.
        form: The way of running nodes and of storing their values.
        rights: What the node may do: a value made with some rights is not one made with others.
    """

    file: str
    node: str
    code: str
    carried: str
    values: Mapping[str, str]
    given: Mapping[str, str]
    interpreter: str
    form: str
    rights: str = ""

    @cached_property
    def key(self) -> str:
        """A digest of all parts."""
        # Not `asdict`, which copies deeply: this is done for all nodes whenever a run begins.
        text = _as_json(_all_of(self))
        return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


_all_of = attrgetter(*(part.name for part in fields(CallParts)))


@lru_cache(maxsize=_MOST_REMEMBERED)
def call_of(  # noqa: PLR0913, PLR0917 - the parts of a call, one by one.
    file: str,
    node: str,
    code: str,
    carried: str,
    values: Pairs,
    given: Pairs,
    interpreter: str,
    form: str,
    rights: str,
) -> CallParts:
    """A call with these parts: the one of before, with its key, if a plan is run once more."""
    by_name = dict(values), dict(given)
    return CallParts(file, node, code, carried, *by_name, interpreter, form, rights)


@lru_cache(maxsize=256)
def name_of(file: Path) -> str:
    """A plan's path as text that can be stored: what is no text in it is spelt out."""
    return str(file).encode("utf-8", "backslashreplace").decode()
