"""A class that is used where one of its objects was meant.

Answers TypeError and AttributeError.

    cache = Cache; cache.put("a", 1)   ->  cache = Cache(); cache.put("a", 1)
    count(texts, Words), which calls it       ->  count(texts, Words())
    Cache.put("a", 1)                  ->  Cache().put("a", 1)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_SAID = (
    r"^(?:[\w.]+\.)?(\w+)\.\w+\(\) missing 1 required positional argument|"
    r"type object '(\w+)' has no attribute|'type' and|and 'type'|argument of type 'type'"
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """An object of it: where it got its name, or at the place."""
    said = scene.said(_SAID)
    kinds = _classes(scene)
    kind = (said[1] or said[2]) if said else None
    wanted = {kind} & kinds if kind else kinds
    for node in scene.nearby(ast.Assign) if said else ():
        match node:
            case ast.Assign(targets=[ast.Name()], value=ast.Name(id=name) as value):
                if name in wanted:
                    yield instead(scene, value, f"{name}()", SURE)
            case _:
                pass
    yield from _given(scene, kinds)
    for asked in scene.inside(ast.Attribute) if said else ():
        match asked:
            case ast.Attribute(value=ast.Name(id=name) as owner) if name in wanted:
                yield instead(scene, owner, f"{name}()", LIKELY)
            case _:
                pass


def _given(scene: Scene, kinds: set[str]) -> Iterator[Candidate]:
    """A class that was given to a function which calls what it is given."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)'")
    if not said or said[1] not in kinds:
        return
    for frame in scene.error.frames[:-1]:
        there = Scene(scene.plan, scene.error, frame.span)
        for call in there.inside(ast.Call):
            for given in (*call.args, *(word.value for word in call.keywords)):
                if isinstance(given, ast.Name) and given.id == said[1]:
                    yield instead(there, given, f"{given.id}()", LIKELY)


def _classes(scene: Scene) -> set[str]:
    tops = (node for piece in scene.plan.document.pieces for node in piece.tree.body)
    return {node.name for node in tops if isinstance(node, ast.ClassDef)}


RULE = rule("instances", "TypeError AttributeError", candidates)
