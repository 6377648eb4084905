"""Values that are converted where a variable gets them, not only in the place that failed.

What is of the wrong type in one place is so in all others that read the variable.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import replaced

# Of a variable that is read in other places too, it is as likely as not that all of them fail.
_LESS = 0.05
_CONVERSIONS = frozenset({"int", "float", "str", "len", "list", "tuple", "set", "dict", "sum"})


def sooner(scene: Scene, made: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates, and after each that converts a variable the same where that is set.

    Args:
        scene: What they were made for.
        made: The candidates.
    """
    for candidate in made:
        yield candidate
        for name in scene.inside(ast.Name):
            is_it = candidate.edit.span == scene.span(name)
            function = _function(candidate.edit.new, name.id) if is_it else ""
            for value in _values(scene, name) if function else ():
                text = f"{function}({scene.text(value)})"
                likely = candidate.likely - _LESS
                title = f"Set '{name.id}' to '{function}' of it"
                yield replace(
                    candidate, title=title, edit=replaced(scene, value, text), likely=likely
                )


def _function(text: str, name: str) -> str:
    """What a variable is converted by; nothing if it is not."""
    function, _, given = text.partition("(")
    return function if function in _CONVERSIONS and given == f"{name})" else ""


def _values(scene: Scene, name: ast.Name) -> Iterator[ast.expr]:
    """What a variable that is read more than once was set to, if that was done in one place."""
    names = [node for node in scene.nearby(ast.Name) if node.id == name.id]
    read = [node for node in names if isinstance(node.ctx, ast.Load)]
    if len(read) == 1 or len(names) != len(read) + 1:
        return
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=other)], value=value) if other == name.id:
                yield value
            case _:
                pass
