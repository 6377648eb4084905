"""A part that is cut off and leaves nothing, where all of it is meant.

Answers ValueError, IndexError, TypeError and StopIteration of something empty.

    int("".join(digits)[1:], 2)     ->  int("".join(digits), 2)
    max(prices[len(prices):])       ->  max(prices)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_OF_NOTHING = r": (''|b'')$|empty|out of range|no such"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What the part is cut from."""
    if not scene.said(_OF_NOTHING) and scene.error.type != "StopIteration":
        return
    for item in scene.inside(ast.Subscript):
        # Of one that is turned round nothing is left out.
        if isinstance(item.slice, ast.Slice) and (item.slice.lower or item.slice.upper):
            text = scene.text(item.value)
            yield instead(scene, item, text, POSSIBLE, f"Write '{text}', not cut")


RULE = rule("emptied-slices", "ValueError IndexError TypeError StopIteration", candidates)
