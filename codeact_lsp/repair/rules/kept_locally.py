"""A member that a method sets as a variable of its own, which ends with it.

Answers AttributeError of an object of the plan. Methods other than `__init__` are looked at, also
those of the classes that it is made from.

    def _init(self, size): rows = []; ...; self.rows.append(x)   ->  self.rows = []
    def reset(self): count = 0; ...; self.count                  ->  self.count = 0
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import instead

_LACKS = r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set the member."""
    said = scene.said(_LACKS)
    for there, name in scene.everywhere(ast.Name) if said else ():
        method = there.function(name)
        if said and method and name.id == said[2] and isinstance(name.ctx, ast.Store):
            yield from _kept(there, name, method, said[1])


def _kept(scene: Scene, name: ast.Name, method: Function, kind: str) -> Iterator[Candidate]:
    owner = scene.parents.get(method)
    first = method.args.args[:1]
    is_read = any(
        isinstance(node, ast.Name) and node.id == name.id and isinstance(node.ctx, ast.Load)
        for node in ast.walk(method)
    )
    is_of_it = isinstance(owner, ast.ClassDef) and owner.name in _bases(scene, kind)
    if is_of_it and first and not is_read and method.name != "__init__":
        text = f"{first[0].arg}.{name.id}"
        yield instead(scene, name, text, SURE, f"Set '{text}'")


def _bases(scene: Scene, kind: str) -> set[str]:
    """A class of the plan, and those that it is made from."""
    classes = {each.name: each for each in scene.classes()}
    found, waiting = set[str](), [kind]
    while waiting:
        name = waiting.pop()
        if name in classes and name not in found:
            found.add(name)
            waiting += [each.id for each in classes[name].bases if isinstance(each, ast.Name)]
    return found


RULE = rule("kept-locally", "AttributeError", candidates)
