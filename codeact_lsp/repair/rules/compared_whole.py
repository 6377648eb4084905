"""A place or a count that is compared with the whole instead of with its length.

Answers what comes of a test that never holds, and of one that cannot be made.

    if i == rows: return 0; rows[i]        ->  if i == len(rows): return 0
    while at < text: text[at]              ->  while at < len(text):
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Its length, where the function looks up in it by what it is compared with."""
    function = scene.function(scene.first)
    looked_up = {
        (ast.unparse(node.value), name.id)
        for node in ast.walk(scene.piece.tree)
        if function and isinstance(node, ast.Subscript)
        for name in ast.walk(node.slice)
        if isinstance(name, ast.Name)
    }
    for node in (node for node in ast.walk(scene.piece.tree) if isinstance(node, ast.Compare)):
        match node:
            case ast.Compare(left=ast.Name() as one, comparators=[ast.Name() as other]):
                for place, whole in ((one, other), (other, one)):
                    if (whole.id, place.id) in looked_up:
                        text = f"len({whole.id})"
                        yield instead(scene, whole, text, LIKELY + _MARGIN)
            case _:
                pass


RULE = rule("compared-whole", "RecursionError IndexError TypeError", candidates)
