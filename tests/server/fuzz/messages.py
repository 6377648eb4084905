"""Random messages: parameters are made from the protocol's own types, so every route gets some."""

import random
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

import attrs
from lsprotocol import types as lsp

WORDS = ["orders", "totals", "x", "", "_", "1st", "def", "日本", "📦", "a" * 300, "\ud800", "\0"]
TEXTS = [
    "",
    "\n",
    "def a(): return 1\n",
    "def b(a: int) -> int:\n    return a + 1\n",
    'def c(a, b, *rest):\n    """Sum.\n\n    After: a\n    Timeout: 3 parsecs\n    """\n',
    "def d(d): return d\n",
    "LIMIT = 3\nimport os\n",
    "def e(: pass\n",
    "'''",
    "  (",
    "\r",
    "\r\n",
    "\x0c",
    "\u2028",
    "é日📦",
    "\ufeff",
    "\0",
    "\ud83d",
    "\t",
    "class C:\n    def m(self): return self\n",
    "async def f(a, limit: int = 3): return [a for a in range(limit)]\n",
]
# Values that no parameter expects, each in the place of any part of them.
ODD: list[Any] = [None, True, -1, 1.5, 10**30, "", "text", [], {}, [[]], {"uri": 1}, "\ud800"]


class Maker:
    """Makes JSON that has the form of a type of the protocol."""

    def __init__(self, chance: random.Random, uris: Sequence[str], commands: Sequence[str]) -> None:
        self.chance = chance
        self._commands = commands
        self._named: dict[str, Callable[[], Any]] = {
            "uri": lambda: chance.choice(uris),
            "old_uri": lambda: chance.choice(uris),
            "new_uri": lambda: chance.choice(uris),
            "command": lambda: chance.choice(commands),
            "line": lambda: chance.choice([0, 0, 1, 2, 3, 5, 8, 99, 2**31 - 1]),
            "character": lambda: chance.choice([0, 1, 4, 5, 7, 9, 12, 40, 2**31 - 1]),
            "new_name": lambda: chance.choice(WORDS),
            "name": lambda: chance.choice(WORDS),
            "query": lambda: chance.choice(WORDS),
            "glob": lambda: "**/*.py",
        }

    def params(self, method: str) -> Any:
        """Parameters of a method; they have its form, and little else to recommend them."""
        kind = lsp.METHOD_TO_TYPES[method][2] if method in lsp.METHOD_TO_TYPES else None
        return None if kind is None else self._made(kind, 0)

    def spoilt(self, params: Any) -> Any:
        """Parameters with one part left out or replaced by what does not belong there."""
        if not isinstance(params, dict) or not params or self.chance.random() < 0.2:
            return self.chance.choice(ODD)
        name = self.chance.choice(list(params))
        rest = {key: value for key, value in params.items() if key != name}
        return rest if self.chance.random() < 0.4 else {**rest, name: self.spoilt(params[name])}

    def _made(self, kind: Any, depth: int) -> Any:
        origin = typing.get_origin(kind)
        if attrs.has(kind):
            return self._object(kind, depth)
        if origin in {typing.Union, types.UnionType}:
            return self._made(self.chance.choice(typing.get_args(kind)), depth)
        if origin is not None and issubclass(origin, Mapping):
            return {}
        if origin is not None and issubclass(origin, Sequence):
            return self._list(kind, depth)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.chance.choice(list(kind)).value
        return self._plain(kind)

    def _object(self, kind: Any, depth: int) -> dict[str, Any]:
        hints = typing.get_type_hints(kind, vars(lsp))
        made: dict[str, Any] = {}
        for field in attrs.fields(kind):
            optional = field.default is not attrs.NOTHING
            if optional and (depth > 3 or self.chance.random() < 0.6):
                if isinstance(field.default, str):
                    made[_wire(field.name)] = field.default
                continue
            if optional and isinstance(field.default, str):
                made[_wire(field.name)] = field.default
            elif field.name in self._named and hints[field.name] in {str, int}:
                made[_wire(field.name)] = self._named[field.name]()
            else:
                made[_wire(field.name)] = self._made(hints[field.name], depth + 1)
        return made

    def _list(self, kind: Any, depth: int) -> list[Any]:
        (item, *_) = typing.get_args(kind)
        return [self._made(item, depth + 1) for _ in range(self.chance.choice([0, 1, 1, 2]))]

    def _plain(self, kind: Any) -> Any:
        if kind is str:
            return self.chance.choice(WORDS)
        if kind is bool:
            return self.chance.random() < 0.5
        if kind is int:
            return self.chance.choice([0, 1, 2, 7])
        if kind is float:
            return 0.5
        if kind is type(None):
            return None
        return self.chance.choice(ODD)


def _wire(name: str) -> str:
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word.capitalize() for word in rest)
