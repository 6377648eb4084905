"""Another method of the same object than the one that was meant.

Answers AttributeError, TypeError, ValueError and KeyError: of a method that does not exist, and of
one that does something else with what it is given. Tried only where nothing else has worked.

    separator.concat(parts)   ->  separator.join(parts)
    found.extend(1)           ->  found.append(1)
    prices.index("tea")       ->  prices.get("tea"), of a dictionary
"""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import replaced

# What is called most, by how many arguments it is given; so of most types each is some type's own.
_OF_NONE = ("items", "keys", "values", "strip", "split", "lower", "copy", "pop", "splitlines")
_OF_ONE = (
    "join", "append", "extend", "add", "update", "get", "split", "index", "find", "startswith",
    "remove", "pop", "count", "strip", "rstrip", "lstrip", "endswith", "insert", "discard",
)  # fmt: skip
_OF_TWO = ("replace", "get", "insert", "setdefault", "pop", "split", "find", "startswith")
_MOST = 6


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The others that the object has, where its type is one of Python's own."""
    for there in places(scene):
        for node in there.inside(ast.Call):
            match node:
                case ast.Call(func=ast.Attribute() as method, keywords=[]):
                    yield from _others(there, method, len(node.args))
                case _:
                    pass


def _others(scene: Scene, method: ast.Attribute, given: int) -> Iterator[Candidate]:
    kind = getattr(builtins, _kind(scene, method) or "", None)
    known = (_OF_NONE, _OF_ONE, _OF_TWO)[min(given, 2)]
    names = [name for name in known if kind and hasattr(kind, name) and name != method.attr]
    end = scene.span(method).end
    for number, name in enumerate(names[:_MOST]):
        before = scene.text(method)[: -len(method.attr)]
        title = f"Write '{name}' for '{method.attr}'"
        if end and scene.text(method).endswith(method.attr):
            edit = replaced(scene, method, f"{before}{name}")
            yield Candidate(title, edit, WILD * (1 - number / 10))


def _kind(scene: Scene, method: ast.Attribute) -> str | None:
    """The type of the object, as it was seen or as it is said."""
    said = scene.said(r"^'(\w+)' object has no attribute '(\w+)'")
    if said and said[2] == method.attr:
        return said[1]
    return scene.kind(method.value)


RULE = rule("other-methods", EVERY, candidates)
