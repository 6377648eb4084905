r"""A group of a match that its pattern does not have.

Answers IndexError.

    match.group(3), of two groups       ->  match.group(2)
    match.group("name"), of (?P<key>)   ->  match.group("key")
"""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, quoted

_NAMED = re.compile(r"\(\?P<(\w+)>")
_LEAST_ALIKE = 0.6


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The group before, or one of the groups that have a name."""
    if not scene.said("no such group"):
        return
    for node in scene.inside(ast.Constant):
        if isinstance(node.value, bool):
            continue
        if isinstance(node.value, int) and node.value > 0:
            yield instead(scene, node, str(node.value - 1), LIKELY)
        elif isinstance(node.value, str):
            yield from _named(scene, node, node.value)


def _named(scene: Scene, node: ast.Constant, name: str) -> Iterator[Candidate]:
    """One that nothing asks for is likelier than one that is asked for already."""
    names = [each for text in _patterns(scene) for each in _NAMED.findall(text)]
    close = get_close_matches(name, names, 1, _LEAST_ALIKE)
    asked = {
        getattr(arg, "value", None)
        for call in scene.nearby(ast.Call)
        if called(call) in {"group", "start", "end", "span"}
        for arg in call.args
    }
    free = [each for each in dict.fromkeys(names) if each not in asked]
    for option in dict.fromkeys([*close, *free, *names]):
        is_it = option in close or free == [option]
        yield instead(scene, node, quoted(scene, node, option), SURE if is_it else POSSIBLE)


def _patterns(scene: Scene) -> Iterator[str]:
    for piece in scene.plan.document.pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


RULE = rule("groups", "IndexError", candidates)
