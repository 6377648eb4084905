"""Loops of a piece, and what they go through."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.scene import Scene

Loop = ast.For | ast.comprehension


def whole_of(source: ast.expr) -> ast.expr | None:
    """What has the places that are gone through: `rows` of `range(len(rows))`."""
    match source:
        case ast.Call(func=ast.Name("range"), args=[ast.Call(func=ast.Name("len"), args=[whole])]):
            return whole
        case _:
            return None


def loops_naming(scene: Scene, item: ast.AST, name: str) -> Iterator[Loop]:
    """The loops around a part that give a name to each item."""
    for node in scene.around(item, ast.AST):
        match node:
            case ast.For(target=ast.Name(id=target)) if target == name:
                yield node
            case (
                ast.ListComp(generators=made)
                | ast.SetComp(generators=made)
                | ast.GeneratorExp(generators=made)
                | ast.DictComp(generators=made)
            ):
                yield from (
                    each for each in made
                    if isinstance(each.target, ast.Name) and each.target.id == name
                )  # fmt: skip
            case _:
                pass


def lengths_looked_up(scene: Scene, place: str) -> Iterator[str]:
    """The lengths of what a function looks up at just some place, as they are written.

    Args:
        scene: A scene in the function.
        place: The name of the place.
    """
    for item in scene.nearby(ast.Subscript):
        match item:
            case ast.Subscript(value=ast.Name(id=owner), slice=ast.Name(id=name)):
                if name == place and owner in scene.bound:
                    yield f"len({owner})"
            case _:
                pass


def is_source(failed: ast.AST | None, source: ast.expr) -> bool:
    """Whether it is what a comprehension goes through, be that all that a call is given."""
    within = failed.args if isinstance(failed, ast.Call) else [failed]
    made = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
    return any(isinstance(each, made) and each.generators[0].iter is source for each in within)


def is_length(node: ast.expr) -> bool:
    """Whether it is a length, or a sum with one."""
    match node:
        case ast.Call(func=ast.Name("len")):
            return True
        case ast.BinOp(left=left, right=right):
            return is_length(left) or is_length(right)
        case _:
            return False
