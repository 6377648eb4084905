"""A name that is only counted up or down, and that nothing else sets or reads.

Answers NameError and UnboundLocalError. A first value for it would change nothing that the function
gives; meant is what is asked for later and nothing counts.

    left -= 1; if places <= 0: return True      ->  places -= 1
    size //= 2; for place in range(count): ...  ->  count //= 2
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, in_places, rule
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import replaced, together

_MOST = 3
_STEP = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is asked for later, the parameters first."""
    name, function = missing(scene), scene.function(scene.first)
    if function is None or not name:
        return
    uses = [node for node in scene.nearby(ast.Name) if node.id == name]
    if not uses or not all(isinstance(scene.parents.get(use), ast.AugAssign) for use in uses):
        return
    for rank, other in enumerate(list(_asked_later(scene, function, uses))[:_MOST]):
        edit = together(scene, *(replaced(scene, use, other) for use in uses))
        title = f"Write '{other}' for '{name}'{in_places(len(uses))}"
        yield Candidate(title, edit, LIKELY - _STEP * rank)


def _asked_later(scene: Scene, function: Function, uses: list[ast.Name]) -> Iterator[str]:
    """Numbers that are read behind the first use and that nothing counts."""
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    counted = {n.id for n in names if isinstance(scene.parents.get(n), ast.AugAssign)}
    own = {id(n) for use in uses for n in ast.walk(scene.parents.get(use) or use)}
    first = min(use.lineno for use in uses)
    read = [
        n.id for n in names
        if n.lineno >= first and isinstance(n.ctx, ast.Load) and id(n) not in own
    ]  # fmt: skip
    parameters = [each.arg for each in function.args.args]
    known = [*parameters, *(n.id for n in names if isinstance(n.ctx, ast.Store))]
    for name in dict.fromkeys(known):
        if name in read and name not in counted and _is_number(scene, function, name):
            yield name


def _is_number(scene: Scene, function: Function, name: str) -> bool:
    """Whether it is declared a number, or stands where only a number can."""
    declared = {a.arg: ast.unparse(a.annotation) for a in function.args.args if a.annotation}
    if name in declared:
        return declared[name] in {"int", "float"}
    for node in scene.nearby(ast.Name):
        match scene.parents.get(node):
            case ast.Call(func=ast.Name(id="range")) | ast.Compare() if node.id == name:
                return True
            case ast.Assign(value=ast.Constant(value=int())) if node.id == name:
                return True
            case _:
                pass
    return False


RULE = rule("only-changed", "NameError UnboundLocalError", candidates)
