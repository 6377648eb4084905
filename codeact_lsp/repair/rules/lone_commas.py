"""A comma behind a value, which makes a tuple of it that nobody has asked for.

Answers the failures that come of it, in the same function or in one that was given the tuple.

    total = sum(values),      ->  total = sum(values)
    return rows,              ->  return rows
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MOST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The value without the comma: in the function that failed, then in what it rests on."""
    yield from (_without(scene, each, SURE) for each in _lone(scene, scene.body))
    for frame in reversed(scene.error.frames[:-1]):
        # What was handed on from there.
        caller = Scene(scene.plan, scene.error, frame.span)
        yield from (_without(caller, each, LIKELY) for each in _lone(caller, caller.body))
    if not scene.said("tuple"):
        # Whatever else it is then, hardly a tuple of another function's making.
        return
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True):
        if piece is not scene.piece and piece.tree.body:
            there = Scene(scene.plan, scene.error, piece.span(piece.tree.body[0]).shifted(start))
            found = list(_lone(there, piece.tree))
            yield from (_without(there, each, LIKELY) for each in found[:_MOST])


def _lone(scene: Scene, tree: ast.AST) -> Iterator[ast.Tuple]:
    """The tuples of one that are written without brackets."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Assign(value=ast.Tuple(elts=[_]) as value)
                | ast.Return(value=ast.Tuple(elts=[_]) as value)
            ) if not scene.text(value).startswith("("):
                yield value
            case _:
                pass


def _without(scene: Scene, node: ast.Tuple, likely: float) -> Candidate:
    text = scene.text(node.elts[0])
    return instead(scene, node, text, likely, f"Leave out the comma behind '{text}'")


RULE = rule("lone-commas", "TypeError AttributeError ValueError KeyError IndexError", candidates)
