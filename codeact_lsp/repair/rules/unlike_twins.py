"""A variable that is not set as the one beside it is, although they are called alike.

Answers failures of what such a variable holds.

    root_a = self; root_b = self.find(b)       ->  root_a = self.find(a)
    min_x = xs; max_x = max(xs)                ->  min_x = min(xs)
    start_day = start; end_day = read(end)     ->  start_day = read(start)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.twins import likened
from codeact_lsp.repair.writing import instead

# Surer than any conversion: it is what was done for the other one.
_SURER = SURE + 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set it in the same way."""
    names = {node.id for node in scene.inside(ast.Name)}
    for made in scene.nearby(ast.Assign):
        name = _name(made)
        for other in _beside(scene, made) if name in names else ():
            text = likened(scene, scene.text(other.value), _name(other), name)
            if text and text != scene.text(made.value):
                yield instead(scene, made.value, text, _SURER, f"Set '{name}' to '{text}'")


def _beside(scene: Scene, made: ast.Assign) -> Iterator[ast.Assign]:
    """What is set in the same block."""
    parent = scene.parents.get(made)
    for block in (getattr(parent, field, []) for field in ("body", "orelse")):
        if isinstance(block, list) and made in block:
            yield from (each for each in block if isinstance(each, ast.Assign) and each is not made)


def _name(made: ast.Assign) -> str:
    """The one variable that a statement sets; nothing if it sets something else."""
    match made.targets:
        case [ast.Name(id=name)]:
            return name
        case _:
            return ""


RULE = rule("unlike-twins", "TypeError AttributeError IndexError KeyError ValueError", candidates)
