"""A method that fills something, and is only named; or only what it is of.

Answers what comes of something that was never put where it belongs.

    places[word].append      ->  places[word].append(place)
    seen, of `seen = set()`  ->  seen.add(node)
    rows.sort                ->  rows.sort()
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.at_hand import at_hand
from codeact_lsp.repair.beginnings import begun_as
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_FILLING = frozenset({"append", "appendleft", "add", "extend", "update", "remove", "discard"})
_ALONE = frozenset({"sort", "reverse", "pop", "popleft", "clear"})
_METHODS = {"set": "add", "list": "append", "deque": "append"}
_MOST = 3
# What is put there is a guess, though a good one.
_FILLED = POSSIBLE + 0.15


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call, with what is at hand."""
    for statement in scene.nearby(ast.Expr):
        match statement.value:
            case ast.Attribute(attr=method) as named if method in _FILLING:
                yield from _filled(scene, statement, named)
            case ast.Attribute(attr=method) as named if method in _ALONE:
                yield instead(scene, named, f"{scene.text(named)}()", LIKELY)
            case ast.Name(id=name) as owner if method := _method(scene, name):
                yield from _filled(scene, statement, ast.Attribute(owner, method))
            case _:
                pass


def _filled(scene: Scene, statement: ast.Expr, method: ast.Attribute) -> Iterator[Candidate]:
    there = Scene(scene.plan, scene.error, scene.span(statement))
    given = at_hand(there, ast.Call(method, [], []), statement)
    for number, each in enumerate(given[:_MOST]):
        text = f"{ast.unparse(method)}({each})"
        yield instead(scene, statement, text, _FILLED - number / 20)


def _method(scene: Scene, name: str) -> str:
    """How something is put into what a variable begins as; nothing if it begins otherwise."""
    return _METHODS.get(begun_as(scene, name), "")


RULE = rule(
    "bare-methods",
    "TypeError AttributeError IndexError KeyError ValueError RecursionError",
    candidates,
)
