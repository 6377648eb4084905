"""A dictionary that was put in order, after which only its keys are left.

Answers AttributeError and TypeError.

    counts = sorted(counts); counts.items()   ->  counts = {key: counts[key] for key in ...}
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_LIST = r"'list' object has no attribute '(?:items|keys|values|get)'|list indices must be integers"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The dictionary in that order."""
    match scene.failed:
        case ast.Attribute(value=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name)) if (
            scene.said(_LIST)
        ):
            for node in scene.nearby(ast.Assign):
                yield from _with_values(scene, node, name)
        case _:
            return


def _with_values(scene: Scene, node: ast.Assign, name: str) -> Iterator[Candidate]:
    match node:
        case ast.Assign(
            targets=[ast.Name(id=made)],
            value=ast.Call(func=ast.Name("sorted"), args=[ast.Name() as source, *_]) as call,
        ) if made == name and (made == source.id or scene.kind(source) == "dict"):
            text = f"{{key: {operand(scene, source)}[key] for key in {scene.text(call)}}}"
            yield instead(scene, call, text, SURE)
        case _:
            return


RULE = rule("sorted-keys", "AttributeError TypeError", candidates)
