"""A comma in the place of a dot, so that a method is called as if it were a function.

Answers NameError and UnboundLocalError. Only of methods that a type of Python's own has.

    words = text.lower(), split(" ")   ->  words = text.lower().split(" ")
"""

import ast
from collections.abc import Iterator
from itertools import pairwise

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import Candidate, rule
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import Scene

_TYPES = (str, list, dict, set, bytes)
# Surer than an import of what happens to be called so.
_CERTAIN = 0.97


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A dot between what stands before and the call."""
    name = missing(scene)
    if not any(hasattr(kind, name) for kind in _TYPES):
        return
    for several in scene.nearby(ast.Tuple):
        for owner, item in pairwise(several.elts):
            if _asks(item, name):
                between = Span(scene.span(owner).end, scene.span(item).start)
                yield Candidate("Write a dot for the comma", TextEdit(between, "."), _CERTAIN)


def _asks(item: ast.expr, name: str) -> bool:
    """Whether it is the call of such a function, or begins with it."""
    while isinstance(item, ast.Call | ast.Attribute | ast.Subscript):
        item = item.func if isinstance(item, ast.Call) else item.value
    return isinstance(item, ast.Name) and item.id == name


RULE = rule("commas-for-dots", "NameError UnboundLocalError", candidates)
