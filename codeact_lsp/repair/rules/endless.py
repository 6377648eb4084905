"""A loop that never ends, as what it waits for does not change.

Answers the time limit.

    while i < n: ...                  ->  i += 1 at its end, where nothing changes it
    while i < n: part = xs[i:i + k]   ->  i += k at its end
    while low < high: low = middle    ->  low = middle + 1
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What brings the loop that was running nearer to its end."""
    if scene.error.category != "timeout":
        return
    for loop in scene.nearby(ast.While):
        match loop.test:
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Lt() | ast.LtE() | ast.NotEq()]):
                yield from _counted(scene, loop, name, f"+= {_width(scene, loop, name)}")
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Gt() | ast.GtE()]):
                yield from _counted(scene, loop, name, "-= 1")
            case _:
                pass


def _counted(scene: Scene, loop: ast.While, name: str, step: str) -> Iterator[Candidate]:
    changed = [
        node for node in ast.walk(loop)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]  # fmt: skip
    if not changed:
        yield _at_the_end(scene, loop, f"{name} {step}")
    for node in ast.walk(loop):
        match node:
            case ast.Assign(targets=[ast.Name(id=other)], value=ast.Name() as value) if (
                other == name and "+" in step
            ):
                yield instead(scene, value, f"{value.id} + 1", POSSIBLE)
            case _:
                pass


def _width(scene: Scene, loop: ast.While, name: str) -> str:
    """How many are taken each time from there on."""
    for node in ast.walk(loop):
        match node:
            case (
                ast.Slice(lower=ast.Name(id=start), upper=ast.BinOp(left=left, right=width))
                | ast.Call(args=[ast.Name(id=start), ast.BinOp(left=left, right=width)])
            ) if start == name == ast.unparse(left):
                return scene.text(width)
            case _:
                pass
    return "1"


def _at_the_end(scene: Scene, loop: ast.While, line: str) -> Candidate:
    last = loop.body[-1]
    end = scene.span(last).end
    newline = "\r\n" if "\r\n" in scene.piece.text else "\n"
    new = f"{newline}{' ' * loop.body[0].col_offset}{line}"
    return Candidate(f"Add '{line}' to the loop", TextEdit(Span(end, end), new), LIKELY)


RULE = rule("endless", "Timeout TimeoutError", candidates)
