"""An attribute that is set to another argument than the one that is called like it.

Answers failures of what the attribute holds, wherever they show.

    def __init__(self, value, left): self.left = value   ->  self.left = left
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set it to the argument, which nothing else reads."""
    for there, kind in scene.everywhere(ast.ClassDef):
        for method in (each for each in kind.body if isinstance(each, ast.FunctionDef)):
            idle = {each.arg for each in method.args.args} & set(unread(there, method))
            for made in (node for node in ast.walk(method) if isinstance(node, ast.Assign)):
                match made:
                    case ast.Assign(
                        targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)],
                        value=ast.Name() as value,
                    ) if name.lstrip("_") in idle:
                        yield instead(there, value, name.lstrip("_"), SURE)
                    case _:
                        pass


RULE = rule("own-arguments", "TypeError AttributeError IndexError ValueError KeyError", candidates)
