"""The result of a method that changes its list and gives nothing, used where the list is wanted.

Answers TypeError and AttributeError of nothing.

    " ".join(words.reverse())          ->  " ".join(words[::-1])
    for row in rows.sort(key=f):       ->  for row in sorted(rows, key=f):
    turned = list(zip(*m)).reverse()   ->  turned = list(zip(*m))[::-1]
    return [x for x in xs].sort()      ->  return sorted([x for x in xs])
    return dict(usual).update(given)   ->  return {**usual, **given}
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, instead, operand

_SAID = r"NoneType|can only join an iterable"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What gives another list: at the place, then elsewhere in the function."""
    if not scene.said(_SAID):
        return
    here = set(scene.inside(ast.Call))
    for call in scene.nearby(ast.Call):
        if text := another(scene, call):
            is_kept = isinstance(scene.parents.get(call), ast.Assign) and _is_named(call)
            if not is_kept:
                yield instead(scene, call, text, SURE if call in here else LIKELY)


def another(scene: Scene, call: ast.Call) -> str:
    """What gives the list that a call leaves behind; nothing if its result is not used."""
    if isinstance(scene.parents.get(call), ast.Expr):
        return ""
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr="sort")):
            words = map(scene.text, call.keywords)
            return f"sorted({', '.join([scene.text(owner), *arguments(scene, call), *words])})"
        case ast.Call(func=ast.Attribute(value=owner, attr="reverse"), args=[], keywords=[]):
            return f"{operand(scene, owner)}[::-1]"
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(func=ast.Name("dict"), args=[one])
                | ast.Call(func=ast.Attribute(value=one, attr="copy"), args=[]),
                attr="update",
            ),
            args=[other],
            keywords=[],
        ):
            return f"{{**{operand(scene, one)}, **{operand(scene, other)}}}"
        case _:
            return ""


def _is_named(call: ast.Call) -> bool:
    """Whether it is a variable's own method: then that may stand alone, by another rule."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)


RULE = rule("made-in-place", "TypeError AttributeError", candidates)
