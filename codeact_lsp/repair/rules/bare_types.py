"""A type with what it holds, where only the type itself can be asked for.

Answers TypeError.

    isinstance(value, list[str])          ->  isinstance(value, list)
    issubclass(kind, (dict[str, int],))   ->  issubclass(kind, (dict,))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead

_ASKING = frozenset({"isinstance", "issubclass"})
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The type alone."""
    if not scene.said("parameterized generic"):
        return
    for call in scene.calls():
        if called(call) in _ASKING and len(call.args) == _PAIR:
            kinds = call.args[1]
            for kind in kinds.elts if isinstance(kinds, ast.Tuple) else [kinds]:
                if isinstance(kind, ast.Subscript):
                    yield instead(scene, kind, scene.text(kind.value), SURE)


RULE = rule("bare-types", "TypeError", candidates)
