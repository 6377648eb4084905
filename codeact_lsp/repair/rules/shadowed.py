"""A variable that has the name of a function which is called in the same place.

Answers TypeError, AttributeError and UnboundLocalError. The variable gets another name, but for the
call; a parameter keeps its name, and the function is taken from where it is.

    sum = 0; ... return sum(values)          ->  sum_ = 0; ... return sum(values)
    average = average(values); ... average   ->  average_ = average(values); ... average_
    def shown(list): return list(range(3))   ->  builtins.list(range(3))
"""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, replaced, together

_SAID = (
    r"'[\w.]+' object is not callable|cannot access local variable '\w+'|"
    r"referenced before assignment"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The variable by another name."""
    if not scene.said(_SAID):
        return
    for name in dict.fromkeys(_called(scene)):
        if name in {each.arg for each in scene.nearby(ast.arg)}:
            yield from _from_builtins(scene, name)
        elif name in scene.bound and _is_function(scene, name):
            yield _renamed(scene, name)


def _called(scene: Scene) -> Iterator[str]:
    """The names that are called, or whose members are, at the place."""
    for call in scene.inside(ast.Call):
        match call.func:
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)):
                yield name
            case _:
                pass
    match scene.first:
        case ast.Name(id=name):
            yield name
        case _:
            return


def _is_function(scene: Scene, name: str) -> bool:
    return name in scene.plan.names or name in scene.imported or hasattr(builtins, name)


def _renamed(scene: Scene, name: str) -> Candidate:
    """All that is made of the variable and read from it; what is called is the function."""
    new = f"{name}_"
    uses = [node for node in scene.nearby(ast.Name) if node.id == name]
    kept = [node for node in uses if not _is_used_as_function(scene, node)]
    edits = [replaced(scene, node, new) for node in kept]
    title = f"Rename the variable '{name}' to '{new}'"
    return Candidate(title, together(scene, *edits), LIKELY + 0.05)


def _is_used_as_function(scene: Scene, node: ast.Name) -> bool:
    """Whether it is called, or handed on to be; of a module, whether its member is."""
    around = scene.parents.get(node)
    match around:
        case ast.Call(func=called) if called is node:
            return True
        case ast.Attribute() as member:
            above = scene.parents.get(member)
            is_called = isinstance(above, ast.Call) and above.func is member
            return node.id in scene.imported and is_called
        case ast.Call(func=ast.Name(id="map" | "filter"), args=[first, *_]):
            return first is node
        case ast.keyword(arg="key"):
            return True
        case _:
            return False


def _from_builtins(scene: Scene, name: str) -> Iterator[Candidate]:
    for call in scene.inside(ast.Call):
        match call.func:
            case ast.Name() as function if function.id == name and hasattr(builtins, name):
                edits = importing(scene, "import builtins", "builtins")
                text = f"builtins.{name}"
                edit = together(scene, *edits, replaced(scene, function, text))
                yield Candidate(f"Write '{text}'", edit, SURE)
            case _:
                pass


RULE = rule("shadowed", "TypeError AttributeError UnboundLocalError", candidates)
