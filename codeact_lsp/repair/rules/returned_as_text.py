"""A function that gives a text in one of its branches, and numbers in the others.

Answers TypeError that names a text. Looks at the functions of the plan that the failing one calls,
and at that one, which may call itself.

    if not rows: return str(0); return len(rows)  ->  return 0
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene, last_name
from codeact_lsp.repair.writing import replaced, shown

_TEXTS = (ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What it gives as it was before it was made a text."""
    if not scene.said(r"\bstr\b"):
        return
    calls = (node for node in ast.walk(scene.body) if isinstance(node, ast.Call))
    names = {last_name(call.func) for call in calls}
    for there, function in scene.everywhere(ast.FunctionDef):
        if function.name in names:
            yield from _of_function(scene, there, function)


def _of_function(scene: Scene, there: Scene, function: Function) -> Iterator[Candidate]:
    given = list(_given(there, function))
    texts = [value for value in given if _made_text(value) is not None]
    if not texts or len(texts) == len(given) or any(_is_text(value) for value in given):
        return
    is_here = there.piece is scene.piece
    for value in texts:
        inner = _made_text(value)
        if inner is not None:
            text = there.text(inner)
            made = Candidate(f"Return '{shown(text)}'", replaced(there, value, text), SURE)
            yield made if is_here else made.elsewhere(function.name)


def _given(there: Scene, function: Function) -> Iterator[ast.expr]:
    """What the function itself returns, not what one within it does."""
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value and there.function(node) is function:
            yield node.value


def _made_text(value: ast.expr) -> ast.expr | None:
    """What was made a text of, if the value is one that was made right there."""
    match value:
        case ast.Call(func=ast.Name("str"), args=[only], keywords=[]):
            return only
        case _:
            return None


def _is_text(value: ast.expr) -> bool:
    """Whether it is written as a text or as something that is no number."""
    return isinstance(value, _TEXTS) or (
        isinstance(value, ast.Constant) and not isinstance(value.value, int | float)
    )


RULE = rule("returned-as-text", "TypeError", candidates)
