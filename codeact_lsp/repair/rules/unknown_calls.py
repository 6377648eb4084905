"""A call of what exists nowhere, and whose name says nothing.

Answers AttributeError and NameError. What was to be done is lost, so each of these only stops the
crash; what other rules know of the name comes first.

    total += self.adjusted(row["net"])   ->  total += row["net"]
    self.prepare(); return rows          ->  return rows
    self.finished(count), at the end     ->  return count
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, replaced

_MISSING = (
    r"^'(?:\w+\.)?(?P<kind>\w+)' object has no attribute '(?P<member>\w+)'"
    r"|^module '[\w.]+' has no attribute '(?P<function>\w+)'|^name '(?P<name>\w+)' is not defined"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What it is given, instead of it; the function without it; or that given back."""
    said = scene.said(_MISSING)
    if said is None or (said["kind"] and not _is_own(scene, said["kind"])):
        return  # Where there are other methods, one of those may be meant.
    name = said["member"] or said["function"] or said["name"]
    for call in scene.nearby(ast.Call):
        if not _is_of(call, name):
            continue
        given = [*call.args, *(word.value for word in call.keywords)]
        above = scene.parents.get(call)
        title = f"Leave out '{name}'"
        if isinstance(above, ast.Expr):
            yield from _alone(scene, above, given, title)
        elif len(given) == 1 and not isinstance(given[0], ast.Starred):
            yield instead(scene, call, scene.text(given[0]), GUESS, title, hides=True)


def _is_own(scene: Scene, kind: str) -> bool:
    """Whether it is of a class of the plan that has no other method which may be meant."""
    here = scene.function(scene.first)
    return any(
        owner.name == kind
        and not any(
            isinstance(each, ast.FunctionDef) and each is not here and not each.name.startswith("_")
            for each in owner.body
        )
        for _, owner in scene.everywhere(ast.ClassDef)
    )


def _is_of(call: ast.Call, name: str) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(), attr=called) | ast.Name(id=called):
            return called == name
        case _:
            return False


def _alone(
    scene: Scene, statement: ast.Expr, given: list[ast.expr], title: str
) -> Iterator[Candidate]:
    """A call whose result nothing takes: at the end of a function it may be what that gives."""
    function = scene.function(statement)
    returns = [node for node in ast.walk(function or statement) if isinstance(node, ast.Return)]
    is_last = function is not None and function.body[-1] is statement
    if is_last and not any(node.value for node in returns) and len(given) == 1:
        text = f"return {scene.text(given[0])}"
        yield Candidate(f"Write '{text}'", replaced(scene, statement, text), GUESS, hides=True)
    else:
        # Nothing else of the block has to move.
        yield Candidate(title, replaced(scene, statement, "pass"), WILD, hides=True)


RULE = rule("unknown-calls", "AttributeError NameError", candidates)
