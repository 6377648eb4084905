"""A name that stands where the name of a list, a text or a dictionary is meant.

Answers TypeError of what has no items, and of a list that is looked into by itself. What the same
function looks into otherwise comes first, by the same key before all.

    if place[place] == "x", beside rows[place - 1]    ->  if rows[place] == "x"
    count[name] = count + 1, beside totals.get(name)  ->  totals[name] = count + 1
    rows[last] = rows[rows], beside rows[first]       ->  rows[last] = rows[first]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_NO_ITEMS = r"'(?:int|float|bool)' object (?:is not subscriptable|does not support item)"
_BY_ITSELF = r"indices must be integers(?: or slices)?, not "
_ASKING = frozenset({"get", "setdefault", "pop"})
_MOST = 3
_FAR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is looked into elsewhere, or the places at which it is."""
    match scene.failed:
        case ast.Subscript(value=ast.Name(id=name) as owner, slice=key):
            pass
        case _:
            return
    if scene.said(_NO_ITEMS):
        yield from _others(scene, owner, key)
    elif scene.said(_BY_ITSELF) and ast.unparse(key) == name:
        yield from _places(scene, key, name)


def _others(scene: Scene, owner: ast.Name, key: ast.expr) -> Iterator[Candidate]:
    looked = [pair for pair in _lookups(scene) if pair[0] != owner.id and pair[0] in scene.bound]
    asked, names = ast.unparse(key), _names(key)
    ranked = sorted(looked, key=lambda pair: _distance(pair[1], asked, names))
    # What is looked into by the same, or near it, is hardly not meant; else a digit may be.
    is_near = bool(ranked) and _distance(ranked[0][1], asked, names) < _FAR
    likely = LIKELY if is_near else POSSIBLE
    for number, name in enumerate(list(dict.fromkeys(name for name, _ in ranked))[:_MOST]):
        title = f"Write '{name}' for '{owner.id}'"
        yield instead(scene, owner, name, likely - number / 20, title)


def _lookups(scene: Scene) -> Iterator[tuple[str, ast.expr]]:
    """What the function looks into by name, and by which keys; in the statement first."""
    statement = list(ast.walk(scene.statement)) if scene.statement else []
    for node in [*statement, *scene.nearby(ast.expr)]:
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=key):
                yield name, key
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=asked), args=[key, *_]):
                if asked in _ASKING:
                    yield name, key
            case _:
                pass


def _distance(key: ast.expr, asked: str, names: set[str]) -> int:
    """How far a key is from the one that is asked for: the same, of the same names, another."""
    if ast.unparse(key) == asked:
        return 0
    return 1 if names & _names(key) else _FAR


def _names(key: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(key) if isinstance(node, ast.Name)}


def _places(scene: Scene, key: ast.expr, name: str) -> Iterator[Candidate]:
    """The other places at which it is looked into, those of the lines before first."""
    keys = [
        item for item in scene.nearby(ast.Subscript)
        if ast.unparse(item.value) == name and isinstance(item.slice, ast.Name)
        and item.slice.id != name
    ]  # fmt: skip
    taken = _set_here(scene)
    keys.sort(key=lambda item: (ast.unparse(item.slice) in taken, abs(item.lineno - key.lineno)))
    found = dict.fromkeys(ast.unparse(item.slice) for item in keys)
    for number, other in enumerate(list(found)[:_MOST]):
        title = f"Write '{other}' for '{name}'"
        yield instead(scene, key, other, LIKELY - number / 20, title)


def _set_here(scene: Scene) -> set[str]:
    """The places that the statement sets: nothing is set to itself."""
    match scene.statement:
        case ast.Assign(targets=targets):
            items = [each.slice for each in targets if isinstance(each, ast.Subscript)]
            return {ast.unparse(each) for each in items}
        case _:
            return set()


RULE = rule("other-containers", "TypeError", candidates)
