"""A name that does not exist, where another one of the function is set and never read.

Answers NameError. Whoever renames a variable misses a place: then a name is read that nobody sets,
and one is set that nobody reads.

    def area(width, height): return width * h   ->  return width * height
    found = []; found.append(x); return result  ->  return found
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, in_places, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import replaced, together

_OF_METHODS = frozenset({"self", "cls"})
_MOST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The name that is set for nothing, wherever the other one is read."""
    fact, function = scene.error.fact, scene.function(scene.first)
    if fact is None or fact.kind != "name" or function is None:
        return
    unread = _unread(scene, function)
    uses = [node for node in _names(function) if node.id == fact.name]
    likely = LIKELY - 0.05 if len(unread) == 1 else POSSIBLE
    for name in unread[:_MOST]:
        edit = together(scene, *(replaced(scene, use, name) for use in uses))
        title = f"Rename '{fact.name}' to '{name}'{in_places(len(uses))}"
        yield Candidate(title, edit, likely)


def _names(function: Function) -> list[ast.Name]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Name)]


def _unread(scene: Scene, function: Function) -> list[str]:
    """The names that a function sets and that nothing of it reads, the last one first."""
    names = _names(function)
    read = {node.id for node in names if _is_read(scene, node)}
    parameters = [each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)]
    stored = [node.id for node in names if isinstance(node.ctx, ast.Store)]
    known = dict.fromkeys([*reversed(stored), *reversed(parameters)])
    return [
        name for name in known
        if name not in read and name not in _OF_METHODS and not name.startswith("_")
    ]  # fmt: skip


def _is_read(scene: Scene, node: ast.Name) -> bool:
    """Whether it is read for more than to be filled."""
    around = scene.parents.get(node)
    match around:
        case ast.Subscript(ctx=ast.Store(), value=filled) if filled is node:
            return False
        case ast.Attribute():
            call = scene.parents.get(around)
            return not (isinstance(call, ast.Call) and isinstance(scene.parents[call], ast.Expr))
        case _:
            return isinstance(node.ctx, ast.Load)


RULE = rule("unread", "NameError", candidates)
