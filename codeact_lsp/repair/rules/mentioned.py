"""A function that was kept where its result was wanted, in another place than the one that fails.

Answers TypeError, AttributeError and ValueError, where a value shows that it is a function, or the
message says so. It is looked for by its name in all of the plan, and where it is given to a call.

    self.name = name.lower; ...; self.name.split()   ->  self.name = name.lower()
    return self.count, of a method; 2 * size(box)     ->  return self.count()
    pack(mask), of a function; bits                   ->  pack(mask(bits)), where `bits` is unread
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import instead

_SHOWN = re.compile(r"<(?:built-in method|bound method|function) (?:[\w<>]+\.)*(\w+)\b")
_SAID = r"\bnot '?(?:builtin_function_or_method|function|method)'?|'?function'? object"
_HELD = (
    ast.Assign, ast.AnnAssign, ast.Return, ast.keyword, ast.Dict, ast.List, ast.Tuple, ast.IfExp,
    ast.BoolOp,
)  # fmt: skip
_MOST_GIVEN = 3
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Its result instead."""
    shown = {said[1] for each in scene.error.values if (said := _SHOWN.match(each.value))}
    for there, node in scene.everywhere(ast.Attribute) if shown else ():
        is_held = isinstance(there.parents.get(node), _HELD)
        if node.attr in shown and is_held and isinstance(node.ctx, ast.Load):
            yield instead(there, node, f"{there.text(node)}()", LIKELY)
    for name in scene.inside(ast.Name) if scene.said(_SAID) else ():
        function = _own(scene, name.id)
        if function and isinstance(scene.parents.get(name), ast.Call | ast.keyword):
            yield from _called(scene, name, function)


def _own(scene: Scene, name: str) -> Function | None:
    """The function of the plan by that name."""
    tops = (top for piece in scene.plan.document.pieces for top in piece.tree.body)
    return next((top for top in tops if isinstance(top, FUNCTIONS) and top.name == name), None)


def _called(scene: Scene, name: ast.Name, function: Function) -> Iterator[Candidate]:
    """With what it takes, by the same names; or with what the function has, unread things first."""
    call = scene.parents.get(name)
    if isinstance(call, ast.Call) and call.func is name:
        return
    takes = [each.arg for each in function.args.args]
    if all(each in scene.bound for each in takes):
        yield instead(scene, name, f"{name.id}({', '.join(takes)})", LIKELY)
    around = scene.function(name)
    idle = unread(scene, around) if around and len(takes) == 1 else []
    for number, given in enumerate(idle[:_MOST_GIVEN]):
        likely = POSSIBLE - number * _MARGIN
        yield instead(scene, name, f"{name.id}({given})", likely)
        yield instead(scene, name, f"{name.id}(int({given}))", likely - _MARGIN)


RULE = rule("mentioned", "TypeError AttributeError ValueError", candidates)
