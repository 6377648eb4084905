"""A key that is not where it is looked for, but further in, or in each item of a list.

Answers KeyError and TypeError. What there is was seen when the code failed.

    data["user"]["city"]            ->  data["user"]["address"]["city"]
    data["name"], of a list         ->  data[0]["name"]
    sum(data["price"]), of a list   ->  sum([each["price"] for each in data])
    for row in data: row["price"]   ->  for row in data["rows"], of a dictionary
    for row in data: row["price"]   ->  for row in data.values(), of a dictionary
    for name in names: name["id"]   ->  name, of texts
"""

import ast
from collections.abc import Iterator
from typing import Any

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, operand

_DEEPEST = 3
_MARGIN = 0.05
_OF_MANY = frozenset(
    {"sum", "max", "min", "sorted", "set", "list", "mean", "median", "join", "Counter"}
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The way to the key, or to what has it."""
    node = scene.failed
    if not isinstance(node, ast.Subscript):
        return
    if scene.error.type == "KeyError" and isinstance(node.slice, ast.Constant):
        yield from _further_in(scene, node, node.slice)
    elif scene.said("list indices must be integers or slices, not str"):
        yield from _of_each(scene, node)
    elif scene.said("string indices must be integers") and isinstance(node.value, ast.Name):
        yield from _gone_through(scene, node.value)
        yield instead(scene, node, node.value.id, POSSIBLE - _MARGIN)


def _of_each(scene: Scene, node: ast.Subscript) -> Iterator[Candidate]:
    """Of the first of them; or of each, where several are gone through or counted with."""
    yield instead(scene, node.value, f"{operand(scene, node.value)}[0]", POSSIBLE)
    whole = node
    while isinstance(around := scene.parents.get(whole), ast.Subscript) and around.value is whole:
        whole = around
    owner = scene.text(node.value)
    asked = scene.text(whole).removeprefix(owner)
    items, around = scene.literal(node.value), scene.parents.get(whole)
    are_many = any(loop.iter is whole for loop in scene.loops) or (
        isinstance(around, ast.Call) and called(around) in _OF_MANY and whole in around.args
    )
    is_one = isinstance(items, list) and len(items) == 1
    likely = LIKELY if are_many else POSSIBLE + (-_MARGIN if is_one else _MARGIN)
    if isinstance(node.ctx, ast.Load) and not isinstance(node.slice, ast.Name):
        yield instead(scene, whole, f"[each{asked} for each in {owner}]", likely)


def _further_in(scene: Scene, node: ast.Subscript, key: ast.Constant) -> Iterator[Candidate]:
    paths = list(_paths(scene.literal(node.value), key.value, _DEEPEST))
    for path in paths[:2]:
        way = "".join(f"[{_written(step)}]" for step in path)
        text = f"{operand(scene, node.value)}{way}[{scene.text(key)}]"
        yield instead(scene, node, text, LIKELY if len(paths) == 1 else POSSIBLE)


def _paths(value: Any, key: object, depth: int) -> Iterator[tuple[object, ...]]:
    """The ways to a key that is further in, without the key itself."""
    steps = value.items() if isinstance(value, dict) else ()
    for step, inner in steps if depth else ():
        if isinstance(inner, dict) and key in inner:
            yield (step,)
        yield from ((step, *path) for path in _paths(inner, key, depth - 1))


def _written(step: object) -> str:
    return f'"{step}"' if isinstance(step, str) and step.isprintable() else repr(step)


def _gone_through(scene: Scene, item: ast.Name) -> Iterator[Candidate]:
    """What the key stands for that was taken for an item; or the values of all keys."""
    key = scene.literal(item)
    for node in scene.nearby(ast.AST):
        match node:
            case (
                ast.comprehension(target=ast.Name(id=name), iter=source)
                | ast.For(target=ast.Name(id=name), iter=source)
            ) if name == item.id:
                owner = operand(scene, source)
                if isinstance(key, str):
                    yield instead(scene, source, f"{owner}[{_written(key)}]", LIKELY)
                yield instead(scene, source, f"{owner}.values()", LIKELY - 0.1)
            case _:
                pass


RULE = rule("nested", "KeyError TypeError", candidates)
