"""Row and column in each other's place: where they are looked up, or where the table is made.

Answers IndexError.

    grid[x][y]                              ->  grid[y][x]
    [[0] * rows for _ in range(columns)]    ->  [[0] * columns for _ in range(rows)]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced, together

_ALL_OF_THEM = 0.1
_SWAPPED = "Have rows and columns swapped"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The two in the other order: at the place, everywhere in the function, or in the making."""
    for item in scene.inside(ast.Subscript):
        pair = _pair(item) or _pair(scene.parents.get(item))
        if pair is not None:
            alike = [each for each in scene.nearby(ast.Subscript) if _is_like(each, pair)]
            yield _turned(scene, [pair], POSSIBLE)
            if len(alike) > 1:
                yield _turned(scene, alike, POSSIBLE + _ALL_OF_THEM)
    for made in scene.nearby(ast.ListComp):
        yield from _made(scene, made)


def _pair(node: ast.AST | None) -> ast.Subscript | None:
    """A lookup by two names one after another."""
    match node:
        case ast.Subscript(value=ast.Subscript(slice=ast.Name(id=one)), slice=ast.Name(id=other)):
            return node if one != other else None
        case _:
            return None


def _is_like(node: ast.Subscript, pair: ast.Subscript) -> bool:
    return ast.unparse(node) == ast.unparse(pair)


def _turned(scene: Scene, pairs: list[ast.Subscript], likely: float) -> Candidate:
    edits = []
    for outer in pairs:
        inner = outer.value
        if isinstance(inner, ast.Subscript):
            edits += [replaced(scene, inner.slice, scene.text(outer.slice))]
            edits += [replaced(scene, outer.slice, scene.text(inner.slice))]
    times = f" in {len(pairs)} places" if len(pairs) > 1 else ""
    title = f"Look up row and column the other way round{times}"
    return Candidate(title, together(scene, *edits), likely)


def _made(scene: Scene, made: ast.ListComp) -> Iterator[Candidate]:
    match made:
        case ast.ListComp(
            elt=ast.BinOp(left=ast.List(), op=ast.Mult(), right=inner),
            generators=[ast.comprehension(iter=ast.Call(func=ast.Name("range"), args=[outer]))],
        ) if scene.text(inner) != scene.text(outer):
            edits = (
                replaced(scene, inner, scene.text(outer)),
                replaced(scene, outer, scene.text(inner)),
            )
            yield Candidate(_SWAPPED, together(scene, *edits), POSSIBLE + _ALL_OF_THEM)
        case _:
            return


RULE = rule("swapped-indexes", "IndexError", candidates)
