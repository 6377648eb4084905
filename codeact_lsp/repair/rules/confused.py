"""A variable in the place of another one of the function, which that sets and never reads.

Answers the failures of the value that stands there instead.

    for row in rows: total += rows["n"]           ->  total += row["n"]
    def pay(price, count): return price * prices  ->  return price * count
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, Candidate, rule
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MOST = 2
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The one that is there for nothing else."""
    function = scene.function(scene.first)
    idle = unread(scene, function) if function else []
    if len(idle) > _MOST:
        return
    for name in scene.inside(ast.Name):
        if isinstance(name.ctx, ast.Load) and name.id in scene.bound:
            for other in idle:
                likely = POSSIBLE + (_MARGIN if len(idle) == 1 else 0)
                yield instead(scene, name, other, likely, f"Write '{other}' for '{name.id}'")


RULE = rule(
    "confused",
    "TypeError AttributeError KeyError IndexError ValueError ZeroDivisionError UnboundLocalError",
    candidates,
)
