"""What is compared with nothing of one kind, while it is nothing of another.

Answers IndexError, KeyError, ValueError, TypeError and UnboundLocalError. An empty list is no empty
tuple, and the branch that was written for nothing is not taken.

    if rows == (): return 0    ->  if not rows: return 0, of a list
    if text != []: text[0]     ->  if text: text[0], of a text
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_EMPTY = frozenset({"[]", "()", "{}", "''", "set()", "list()", "tuple()", "dict()", "b''"})
_SAME, _OTHER = (ast.Eq, ast.Is), (ast.NotEq, ast.IsNot)
_SURE = SURE - 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Whether there is nothing in it, whatever it is."""
    for test in scene.nearby(ast.Compare):
        if len(test.ops) == 1 and isinstance(test.ops[0], _SAME + _OTHER):
            sides = (test.left, test.comparators[0])
            for asked, nothing in (sides, sides[::-1]):
                if _is_of_another_kind(scene, asked, nothing):
                    name = scene.text(asked)
                    text = name if isinstance(test.ops[0], _OTHER) else f"not {name}"
                    title = f"Ask whether '{name}' is empty, of whatever kind"
                    yield instead(scene, test, text, _SURE, title)


def _is_of_another_kind(scene: Scene, asked: ast.expr, nothing: ast.expr) -> bool:
    """Whether it was seen to be another kind of nothing; or it was not seen, and may be."""
    if not isinstance(asked, ast.Name | ast.Attribute) or ast.unparse(nothing) not in _EMPTY:
        return False
    seen = scene.value(asked)
    is_unseen = seen is None and scene.error.type == "UnboundLocalError"
    return is_unseen or (seen is not None and seen.value in _EMPTY)


RULE = rule("empty-kinds", "IndexError KeyError ValueError TypeError UnboundLocalError", candidates)
