"""A variable that begins as nothing, and is then compared, counted or added to.

Answers TypeError and AttributeError of None.

    best = None; if n > best: best = n           ->  if best is None or n > best:
    best = None; if len(w) > len(best): best = w ->  if best is None or len(w) > len(best):
    rows = None; rows.append(x)                  ->  rows = []
    total = None; total += x                     ->  total = 0
    if text: n = int(text) else: ...; n *= 10    ->  n = 1 in the other branch
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, line_before

_OF_METHODS = {
    "append": "[]", "extend": "[]", "insert": "[]", "add": "set()", "update": "{}", "items": "{}",
    "keys": "{}", "values": "{}", "setdefault": "{}", "get": "{}",
}  # fmt: skip
_Variable = ast.Name | ast.Attribute


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To ask whether it is anything yet; or to begin with something."""
    if not scene.said("NoneType"):
        return
    yield from _in_branch(scene)
    known = {ast.unparse(node) for node in scene.inside(ast.expr) if isinstance(node, _Variable)}
    for target, value in _nothings(scene.piece.tree):
        if isinstance(scene.parents.get(scene.parents[target]), ast.ClassDef):
            continue  # What a class begins with, all of its objects share.
        name = _name(target)
        if name in {each.rpartition(".")[2] for each in known}:
            yield from _asked(scene, target)
            for beginning in dict.fromkeys(_beginnings(scene, name)):
                title = f"Begin with '{ast.unparse(target)} = {beginning}'"
                yield instead(scene, value, beginning, SURE, title)


def _in_branch(scene: Scene) -> Iterator[Candidate]:
    """A first value in the branch that adds to a variable, where the other one sets it."""
    match scene.failed:
        case ast.AugAssign(target=ast.Name(id=name), op=op) as added if isinstance(
            op, ast.Add | ast.Sub | ast.Mult
        ):
            line = f"{name} = {1 if isinstance(op, ast.Mult) else 0}"
        case _:
            return
    for choice in scene.around(added, ast.If):
        for body, other in ((choice.body, choice.orelse), (choice.orelse, choice.body)):
            is_here = any(added in ast.walk(each) for each in body)
            if is_here and any(_sets(each, name) for each in other):
                edit = line_before(scene, body[0], line)
                yield Candidate(f"Begin with '{line}'", edit, SURE)


def _sets(statement: ast.stmt, name: str) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [ast.unparse(each) for each in targets] == [name]


def _nothings(tree: ast.AST) -> Iterator[tuple[_Variable, ast.expr]]:
    """The variables and attributes that are set to None."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name() | ast.Attribute() as target],
                value=ast.Constant(value=None) as value,
            ):
                yield target, value
            case ast.AnnAssign(
                target=ast.Name() | ast.Attribute() as target,
                value=ast.Constant(value=None) as value,
            ):
                yield target, value
            case _:
                pass


def _name(target: _Variable) -> str:
    return target.id if isinstance(target, ast.Name) else target.attr


def _asked(scene: Scene, target: _Variable) -> Iterator[Candidate]:
    """In the condition under which it is set: if it is anything yet."""
    text = ast.unparse(target)
    for node in scene.around(scene.first, ast.If):
        sets = (n for each in node.body for n in ast.walk(each) if isinstance(n, _Variable))
        is_set = any(ast.unparse(n) == text and isinstance(n.ctx, ast.Store) for n in sets)
        reads = any(ast.unparse(n) == text for n in ast.walk(node.test) if isinstance(n, _Variable))
        is_asked = f"{text} is not None" in ast.unparse(node.test)
        if is_set and reads and not is_asked and scene.span(node.test).end >= scene.place.end:
            asked = scene.text(node.test)
            asked = f"({asked})" if isinstance(node.test, ast.BoolOp) else asked
            title = f"Ask '{text} is None' first"
            yield instead(scene, node.test, f"{text} is None or {asked}", SURE, title)


def _beginnings(scene: Scene, name: str) -> Iterator[str]:
    """What can be added to as the place does."""
    around = scene.failed
    match around:
        case ast.Attribute(value=owner, attr=method) if _ends_with(owner, name):
            if method in _OF_METHODS:
                yield _OF_METHODS[method]
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub()) if _ends_with(target, name):
            yield from ("0", '""', "[]")
        case ast.Subscript(value=owner, ctx=ast.Store()) if _ends_with(owner, name):
            yield "{}"
        case _:
            return


def _ends_with(node: ast.expr, name: str) -> bool:
    return ast.unparse(node).rpartition(".")[2] == name


RULE = rule("begun-with-none", "TypeError AttributeError", candidates)
