"""A part that is cut too short for what is looked up in it.

Answers IndexError. The end counts from the start of the part, so it says how many are meant.

    part = text[at : at + 2]; part[2]     ->  text[at : at + 3]
    first = rows[:2]; first[2]            ->  rows[:3]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced


def candidates(scene: Scene) -> Iterator[Candidate]:
    """An end that lets in what the function looks up at last."""
    for item in scene.inside(ast.Subscript):
        match item:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int())):
                least = max(_places(scene, name)) + 1
                for node in scene.nearby(ast.Assign):
                    yield from _longer(scene, node, name, least)
            case _:
                pass


def _longer(scene: Scene, node: ast.Assign, name: str, least: int) -> Iterator[Candidate]:
    match node:
        case ast.Assign(
            targets=[ast.Name(id=made)], value=ast.Subscript(slice=ast.Slice(start, end, None))
        ) if made == name and (count := _count(start, end)) and int(ast.unparse(count)) < least:
            edit = replaced(scene, count, str(least))
            yield Candidate(f"Have '{name}' be {least} long", edit, LIKELY)
        case _:
            return


def _count(start: ast.expr | None, end: ast.expr | None) -> ast.Constant | None:
    """The number that says how many a part has; nothing if it is not said by one."""
    match start, end:
        case ((None | ast.Constant(value=0)), (ast.Constant(value=int()) as count)):
            return count
        case _, ast.BinOp(left=left, op=ast.Add(), right=ast.Constant(value=int()) as count):
            return count if start and ast.unparse(left) == ast.unparse(start) else None
        case _:
            return None


def _places(scene: Scene, name: str) -> Iterator[int]:
    """The places at which the function looks into it."""
    for item in scene.nearby(ast.Subscript):
        match item:
            case ast.Subscript(value=ast.Name(id=known), slice=ast.Constant(value=int(place))):
                if known == name:
                    yield place
            case _:
                pass


RULE = rule("short-slices", "IndexError", candidates)
