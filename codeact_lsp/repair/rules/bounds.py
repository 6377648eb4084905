"""A position one too far.

Answers IndexError, and what else comes of another item than the one that was meant.

    range(len(rows) + 1)      ->  range(len(rows))
    rows[len(rows)]           ->  rows[len(rows) - 1]
    while i <= len(rows):     ->  while i < len(rows):
    rows[1]                   ->  rows[0], or rows[-1]
    defaultdict(float + 1)    ->  defaultdict(float)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

# A type or a function, to which nothing can be added.
_NO_NUMBER = r"operand type\(s\) for [+-]: '(?:type|function|builtin_function_or_method)' and 'int'"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Sums with one in the index, then bounds of the function, then other constants."""
    for item in scene.inside(ast.Subscript):
        likely = POSSIBLE if _has_neighbour(scene, item) else LIKELY
        yield from _of_index(scene, item.slice, likely)
    if scene.error.type == "IndexError":
        for node in ast.walk(scene.body):
            yield from _of_bound(scene, node)
    elif scene.said(_NO_NUMBER):
        yield from _of_index(scene, scene.failed, SURE)


def _has_neighbour(scene: Scene, item: ast.Subscript) -> bool:
    """Whether the statement looks at the item before, too: then one of each two is meant."""
    if not isinstance(item.slice, ast.BinOp):
        return False
    before = f"{ast.unparse(item.value)}[{ast.unparse(item.slice.left)}]"
    around = scene.statement
    parts = ast.walk(around) if around else ()
    return any(isinstance(part, ast.Subscript) and ast.unparse(part) == before for part in parts)


def _of_index(scene: Scene, index: ast.AST | None, likely: float) -> Iterator[Candidate]:
    match index:
        case ast.BinOp(left=ast.Constant() as left, op=ast.Add(), right=ast.Constant(value=1)):
            yield instead(scene, index, scene.text(left), SURE)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
            yield instead(scene, index, scene.text(left), likely)
        case ast.Call(func=ast.Name("len")):
            yield instead(scene, index, f"{scene.text(index)} - 1", SURE)
        case ast.Name() if scene.error.type == "IndexError":
            yield instead(scene, index, f"{scene.text(index)} - 1", GUESS)
        case ast.Constant(value=int(number)) if number > 0 and not isinstance(number, bool):
            yield instead(scene, index, str(number - 1), POSSIBLE)
            yield instead(scene, index, "-1", POSSIBLE - 0.1)
        case _:
            return


def _of_bound(scene: Scene, node: ast.AST) -> Iterator[Candidate]:
    match node:
        case ast.Call(func=ast.Name("range"), args=[*_, end]):
            yield from _of_range(scene, end)
        case ast.Compare(left=left, ops=[ast.LtE()], comparators=[right]):
            likely = SURE if "len(" in scene.text(right) else POSSIBLE
            yield instead(scene, node, f"{scene.text(left)} < {scene.text(right)}", likely)
        case _:
            return


def _of_range(scene: Scene, end: ast.expr) -> Iterator[Candidate]:
    match end:
        case ast.BinOp(left=left, op=ast.Add(), right=ast.Constant(value=1)):
            yield instead(scene, end, scene.text(left), LIKELY)
        case ast.Call(func=ast.Name("len")):
            yield instead(scene, end, f"{scene.text(end)} - 1", LIKELY - 0.05)
        case ast.Name():
            yield instead(scene, end, f"{scene.text(end)} - 1", POSSIBLE - 0.1)
        case _:
            return


RULE = rule("bounds", "IndexError TypeError KeyError", candidates)
