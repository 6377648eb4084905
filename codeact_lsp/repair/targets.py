"""The names on the left of what is unpacked: which are needed, and which are missing."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.scene import Scene


def is_read_only_from(scene: Scene, target: ast.expr, names: list[str]) -> bool:
    """Whether the function reads one of these names, and gets it nowhere else."""
    nodes = [node for node in scene.nearby(ast.Name) if node.id in names]
    own = set(ast.walk(target))
    is_set = any(isinstance(node.ctx, ast.Store) and node not in own for node in nodes)
    return not is_set and any(isinstance(node.ctx, ast.Load) for node in nodes)


def swapped(scene: Scene, target: ast.Tuple | ast.List) -> Iterator[str]:
    """What is to be set as well, where the values are those of the targets in another order."""
    match scene.parents.get(target):
        case ast.Assign(value=ast.Tuple(elts=values)):
            names = {scene.text(each) for each in target.elts}
            texts = [scene.text(each) for each in values]
            more = [text for text in texts if text not in names]
            can_be_set = isinstance(values[-1], ast.Name | ast.Subscript | ast.Attribute)
            if names <= set(texts) and len(more) == 1 and can_be_set:
                yield more[0]
        case _:
            return
