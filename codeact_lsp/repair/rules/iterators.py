"""What is gone through step by step, without a memory of how far that has come.

Answers TypeError of `next`.

    rows = read(); head = next(rows); for row in rows: ...   ->  rows = iter(read())
    next([row for row in rows if row.open])                  ->  next(iter([...]))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """An iterator: where the variable is set, if it is gone through further, or there."""
    if not scene.said("object is not an iterator"):
        return
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Name("next"), args=[ast.Name(id=name) as given, *_]):
                yield from _where_set(scene, name)
                yield instead(scene, given, f"iter({name})", LIKELY)
            case ast.Call(func=ast.Name("next"), args=[given, *_]):
                yield instead(scene, given, f"iter({scene.text(given)})", SURE)
            case _:
                pass


def _where_set(scene: Scene, name: str) -> Iterator[Candidate]:
    read = [node for node in scene.nearby(ast.Name) if node.id == name]
    is_read_again = sum(isinstance(node.ctx, ast.Load) for node in read) > 1
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=value) if made == name:
                if is_read_again:
                    yield instead(scene, value, f"iter({scene.text(value)})", SURE)
            case _:
                pass


RULE = rule("iterators", "TypeError", candidates)
