"""A list of one value, written where the value itself is wanted.

Answers TypeError, AttributeError and ValueError of a list.

    int([text])          ->  int(text)
    total + [amount]     ->  total + amount
    table[[key]]         ->  table[key]
    for n in sorted([counts]): total += n    ->  for n in sorted(counts):
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.loops import Loop
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

# One step below what Python says itself.
_LIKELY = SURE - 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The value without the brackets."""
    for loop in scene.loops:
        yield from _gone_through(scene, loop)
    if not scene.said(r"\blist\b"):
        return
    for node in scene.inside(ast.List):
        match node:
            case ast.List(elts=[ast.expr() as only], ctx=ast.Load()):
                is_star = isinstance(only, ast.Starred)
                is_index = isinstance(scene.parents.get(node), ast.Subscript)
                # As in `[0] * n`, where another sign was written.
                is_sum = isinstance(scene.parents.get(node), ast.BinOp)
                is_filling = isinstance(only, ast.Constant) and is_sum
                if not (is_star or is_filling) and (
                    is_index or not isinstance(scene.parents.get(node), ast.List)
                ):
                    is_added = isinstance(scene.parents.get(node), ast.BinOp)
                    likely = LIKELY + 0.04 if is_added else _LIKELY
                    yield instead(scene, node, scene.text(only), likely)
            case _:
                pass


def _gone_through(scene: Scene, loop: Loop) -> Iterator[Candidate]:
    """What is gone through as one thing, where each of it is wanted."""
    names = {node.id for node in scene.inside(ast.Name)}
    for node in ast.walk(loop.iter):
        match node:
            case ast.List(elts=[ast.Name() as only]) if ast.unparse(loop.target) in names:
                yield instead(scene, node, only.id, _LIKELY + 0.02)
            case _:
                pass


RULE = rule("lone-lists", "TypeError AttributeError ValueError", candidates)
