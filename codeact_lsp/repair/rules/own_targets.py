"""A loop that goes through what it names itself.

Answers UnboundLocalError and NameError, and TypeError and IndexError where the name had a value.

    for place in range(len(place)): row[place]   ->  for place in range(len(row)): ...
    for name in name: ...                        ->  for name in names: ...
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.loops import Loop
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MOST = 3
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What its places are looked up in, what nobody reads, or what the loops around give."""
    at_place = {node.id for node in scene.inside(ast.Name)}
    for loop in scene.loops:
        targets = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
        for read in (node for node in ast.walk(loop.iter) if isinstance(node, ast.Name)):
            if read.id in targets & at_place:
                known = dict.fromkeys(_meant(scene, loop, read.id))
                for number, (name, likely) in enumerate(list(known)[:_MOST]):
                    title = f"Write '{name}' for '{read.id}'"
                    yield instead(scene, read, name, likely - number / 20, title)


def _meant(scene: Scene, loop: Loop, target: str) -> Iterator[tuple[str, float]]:
    function = scene.function(scene.first)
    for owner in _looked_into(scene, loop, target):
        yield owner, SURE + _MARGIN
    for name in unread(scene, function) if function else ():
        yield name, LIKELY
    for name in sorted(scene.bound - {target}):
        if name.startswith(target):
            yield name, LIKELY
    for around in scene.around(scene.parents.get(loop), ast.For):
        if isinstance(around.target, ast.Name):
            yield around.target.id, POSSIBLE


def _looked_into(scene: Scene, loop: Loop, target: str) -> Iterator[str]:
    """What is looked into at just the places that the loop names."""
    around = loop if isinstance(loop, ast.For) else scene.parents[loop]
    for node in ast.walk(around):
        match node:
            case ast.Subscript(value=ast.Name(id=owner), slice=ast.Name(id=name)):
                if name == target != owner:
                    yield owner
            case _:
                pass


RULE = rule("own-targets", "UnboundLocalError NameError TypeError IndexError", candidates)
