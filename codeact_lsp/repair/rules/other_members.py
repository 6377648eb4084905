"""Another member of the object itself than the one that was meant.

Answers AttributeError of `self`. A method may stand for a method that takes as much, and what is
kept for what is kept. Those come first that the method itself uses. Tried only where nothing else
has worked.

    low = self.find(a); high = self.zzz(b)   ->  high = self.find(b)
    self.zzz[row][column] += 1               ->  self.counts[row][column] += 1
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import WILD, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.writing import instead

_MOST = 4


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The others that the class gives its objects."""
    owner = next(scene.around(scene.first, ast.ClassDef), None)
    match scene.failed:
        case ast.Attribute(value=ast.Name(id=own), attr=name) as member if owner:
            call = scene.parents.get(member)
            if isinstance(call, ast.Call) and call.func is member:
                known = _methods(owner, len(call.args))
            else:
                known = _kept(owner)
        case _:
            return
    used = [node.attr for node in scene.nearby(ast.Attribute) if ast.unparse(node.value) == own]
    method = scene.function(member)
    others = {each for each in known if each not in {name, method and method.name}}
    ranked = sorted(others, key=lambda each: (-used.count(each), each))
    for number, other in enumerate(ranked[:_MOST]):
        title = f"Write '{other}' for '{name}'"
        yield instead(scene, member, f"{own}.{other}", WILD * (1 - number / 10), title)


def _methods(owner: ast.ClassDef, given: int) -> set[str]:
    """The methods that may be given so much."""
    return {
        each.name for each in owner.body
        if isinstance(each, FUNCTIONS) and not each.name.startswith("__")
        and len(each.args.args) - len(each.args.defaults) <= given + 1 <= len(each.args.args)
    }  # fmt: skip


def _kept(owner: ast.ClassDef) -> set[str]:
    """What some method sets."""
    return {
        node.attr for node in ast.walk(owner)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    }  # fmt: skip


RULE = rule("other-members", "AttributeError", candidates)
