"""A recursion on parts of a text or a list, of which one is all of it.

Answers RecursionError. Cut before its first or behind its last item, nothing is cut off.

    for k in range(1, len(s) + 1): split(s[:k]), split(s[k:])   ->  range(1, len(s))
    for k in range(len(s)): split(s[:k]), split(s[k:])          ->  range(1, len(s))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The places that cut something off on both sides."""
    function = scene.function(scene.first)
    for loop in scene.nearby(ast.For) if function else ():
        calls = [node for node in ast.walk(loop) if isinstance(node, ast.Call)]
        again = [call for call in calls if function and called(call) == function.name]
        place = ast.unparse(loop.target)
        owners = {owner for call in again for owner in _cut(call, place)}
        length = next((f"len({owner})" for owner in sorted(owners)), "")
        wholes = {f"range(1, {length} + 1)", f"range({length})", f"range({length} + 1)"}
        if length and ast.unparse(loop.iter) in wholes:
            yield instead(scene, loop.iter, f"range(1, {length})", LIKELY)


def _cut(call: ast.Call, place: str) -> Iterator[str]:
    """What is cut at a place and handed on."""
    for node in ast.walk(call):
        match node:
            case ast.Subscript(value=owner, slice=ast.Slice(lower=lower, upper=upper)):
                if place in {ast.unparse(end) for end in (lower, upper) if end}:
                    yield ast.unparse(owner)
            case _:
                pass


RULE = rule("whole-parts", "RecursionError", candidates)
