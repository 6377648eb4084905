"""A position counted by the length of one list and looked up in another, which is shorter.

Answers IndexError. Which of both is as long as it should be, the code does not tell.

    for i in range(len(rows)): best[i]   ->  range(len(best)), or range(min(len(rows), len(best)))
    range(max(len(a), len(b))): a[i]     ->  range(min(len(a), len(b)))
    for i in range(n): rows[i]           ->  range(len(rows)), or range(min(n, len(rows)))
    for i, x in enumerate(xs): ys[i]     ->  ys[i % len(ys)]
    for i, x in enumerate(xs): ys[i]     ->  enumerate(xs[: len(ys)])
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced

_MARGIN = 0.02
_Loop = ast.For | ast.comprehension


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The shorter length, or the same items once more from the beginning."""
    for item in scene.inside(ast.Subscript):
        match item:
            case ast.Subscript(value=ast.Name() | ast.Attribute() as owner, slice=ast.Name(id=at)):
                for loop in scene.loops:
                    yield from _of_loop(scene, loop, item, at)
                yield from _around(scene, item, owner, at)
            case _:
                pass


def _of_loop(scene: Scene, loop: _Loop, item: ast.Subscript, at: str) -> Iterator[Candidate]:
    match loop.target, loop.iter:
        case ast.Name(id=name), ast.Call(func=ast.Name("range"), args=[end]) if name == at:
            yield from _of_end(scene, item, end)
        case ast.Tuple(elts=[ast.Name(id=name), _]), ast.Call(
            func=ast.Name("enumerate"), args=[source]
        ) if name == at:
            text = f"{operand(scene, source)}[:len({scene.text(item.value)})]"
            yield instead(scene, source, text, POSSIBLE - _MARGIN)
        case _:
            return


def _of_end(scene: Scene, item: ast.Subscript, end: ast.expr) -> Iterator[Candidate]:
    length = f"len({scene.text(item.value)})"
    match end:
        case ast.Call(func=ast.Name("max") as function, args=[_, _]):
            edit = replaced(scene, function, "min")
            yield Candidate("Write 'min' for 'max'", edit, LIKELY)
        case ast.Call(func=ast.Name("len"), args=[other]) if f"len({scene.text(other)})" != length:
            # In a table, row and column are as likely taken for each other.
            in_table = isinstance(scene.parents.get(item), ast.Subscript)
            likely = POSSIBLE - 0.1 if in_table else POSSIBLE + 2 * _MARGIN
            yield instead(scene, end, length, likely)
            yield instead(scene, end, f"min({scene.text(end)}, {length})", likely - _MARGIN)
        case ast.Name():
            yield instead(scene, end, length, POSSIBLE + _MARGIN)
            yield instead(scene, end, f"min({scene.text(end)}, {length})", POSSIBLE)
        case _:
            return


def _around(scene: Scene, item: ast.Subscript, owner: ast.expr, at: str) -> Iterator[Candidate]:
    """From the beginning again, where a loop has counted past the end."""
    targets = {node.id for loop in scene.loops for node in ast.walk(loop.target)
               if isinstance(node, ast.Name)}  # fmt: skip
    if at in targets:
        text = f"{at} % len({scene.text(owner)})"
        yield instead(scene, item.slice, text, GUESS + _MARGIN)


RULE = rule("other-lengths", "IndexError", candidates)
