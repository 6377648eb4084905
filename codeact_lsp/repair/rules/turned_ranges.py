"""A range that ends before it begins, so that nothing is gone through.

Answers what comes of a loop that never ran.

    for i in range(len(rows), 1): ...   ->  range(1, len(rows)), or range(len(rows), 1, -1)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.loops import is_length
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import call_of, instead

_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Its ends the other way round, or steps back."""
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(func=ast.Name("range"), args=[start, end]):
                first, last = scene.text(start), ast.unparse(end)
                if last in {"0", "1", "-1"} and _is_count(scene, start):
                    forth, back = [last, first], [first, last, "-1"]
                    # Whoever means to stop before the first one writes -1.
                    in_turn = (back, forth) if last == "-1" else (forth, back)
                    for number, given in enumerate(in_turn):
                        text = call_of(scene, call, given)
                        yield instead(scene, call, text, LIKELY - number * _MARGIN)
            case _:
                pass


def _is_count(scene: Scene, start: ast.expr) -> bool:
    """Whether it is how many there are of something."""
    name = ast.unparse(start)
    kept = (node for node in scene.nearby(ast.Assign) if name in map(ast.unparse, node.targets))
    made = (node.value for node in kept)
    return is_length(start) or any(is_length(value) for value in made)


RULE = rule("turned-ranges", "IndexError KeyError ValueError TypeError", candidates)
