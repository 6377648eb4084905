"""A key, or a member of a set, that could change.

Answers TypeError.

    seen.add([1, 2])          ->  seen.add(tuple([1, 2]))
    table[row]                ->  table[tuple(row)]
    row in seen               ->  tuple(row) in seen
    set(rows), of lists       ->  set(map(tuple, rows))
    set(chain(lists))         ->  set(chain.from_iterable(lists))
    table[{1, 2}]             ->  table[frozenset({1, 2})]
    best(rows), with a cache  ->  best(tuple(rows))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead

_CERTAIN = 0.99
_FIXED = {"list": "tuple", "set": "frozenset"}
_OF_ITEMS = frozenset(["set", "frozenset", "Counter", "dict", "fromkeys"])


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A value like it that cannot change."""
    said = scene.said(r"unhashable type: '(\w+)'")
    fixed = _FIXED.get(said[1]) if said else None
    if fixed is None:
        return
    yield from _from_each(scene)
    match scene.failed:
        case ast.Subscript(slice=key):
            yield instead(scene, key, f"{fixed}({scene.text(key)})", LIKELY)
        case ast.Call(args=[items]) as call if called(call) in _OF_ITEMS:
            yield instead(scene, items, f"map({fixed}, {scene.text(items)})", LIKELY)
        case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()]):
            yield instead(scene, key, f"{fixed}({scene.text(key)})", LIKELY)
        case ast.Call(func=ast.Name()) as call if fixed == "tuple":
            yield from _kept(scene, call)
        case ast.Call(func=ast.Attribute(), args=[key, *_]):
            yield instead(scene, key, f"{fixed}({scene.text(key)})", LIKELY)
        case _:
            return


def _from_each(scene: Scene) -> Iterator[Candidate]:
    """The items of all lists, where the lists were taken for items."""
    for call in scene.inside(ast.Call):
        match call:
            case ast.Call(args=[ast.expr() as lists], keywords=[]) if called(call) == "chain":
                if not isinstance(lists, ast.Starred):
                    text = f"{scene.text(call.func)}.from_iterable({scene.text(lists)})"
                    yield instead(scene, call, text, _CERTAIN)
            case _:
                pass


def _kept(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Of a function whose results are kept by what it was given."""
    for part in call.args:
        if isinstance(part, ast.List):
            yield instead(scene, part, f"({scene.text(part)[1:-1].rstrip(', ')},)", LIKELY)
        elif scene.kind(part) == "list":
            yield instead(scene, part, f"tuple({scene.text(part)})", LIKELY)


RULE = rule("unhashable", "TypeError", candidates)
