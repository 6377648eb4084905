"""A method that is called as if it were a function of the object that has it.

Answers NameError. Which types have such a method is asked of Python's own.

    append(found, word)   ->  found.append(word)
    upper(name)           ->  name.upper()
"""

import ast
from collections import deque
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, instead, operand

_TYPES: tuple[type, ...] = (str, list, dict, set, bytes, deque)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The call of the method."""
    fact = scene.error.fact
    if fact is None or fact.kind != "name":
        return
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id=name), args=[owner, *_]) if name == fact.name:
                if any(hasattr(kind, name) for kind in _TYPES):
                    yield _of_object(scene, call, owner)
            case _:
                pass


def _of_object(scene: Scene, call: ast.Call, owner: ast.expr) -> Candidate:
    name = scene.text(call.func)
    kind = next((each for each in _TYPES if each.__name__ == scene.kind(owner)), None)
    likely = SURE if kind is None or hasattr(kind, name) else LIKELY
    given = [*arguments(scene, call)[1:], *map(scene.text, call.keywords)]
    text = f"{operand(scene, owner)}.{name}({', '.join(given)})"
    return instead(scene, call, text, likely)


RULE = rule("as-functions", "NameError", candidates)
