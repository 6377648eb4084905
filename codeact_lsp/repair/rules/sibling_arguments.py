"""A name that does not exist, where another call of the same function is given one that does.

Answers NameError. Of calls for two sides of something, one takes what the other does not.

    walk(node.left, seen); walk(node.right, known)   ->  walk(node.right, seen)
    walk(node.left, seen); walk(other, seen)         ->  walk(node.right, seen)
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_SIDES = (("left", "right"), ("first", "second"), ("start", "end"), ("top", "bottom"))


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What the other calls are given in its place."""
    name = missing(scene)
    calls = scene.nearby(ast.Call)
    for call in calls:
        for place, given in enumerate(call.args):
            if isinstance(given, ast.Name) and given.id == name:
                others = [each for each in calls if _is_alike(each, call)]
                for text in dict.fromkeys(_given(scene, call, others, place)):
                    yield instead(scene, given, text, LIKELY)


def _is_alike(other: ast.Call, call: ast.Call) -> bool:
    is_same = ast.unparse(other.func) == ast.unparse(call.func)
    return other is not call and is_same and len(other.args) == len(call.args)


def _given(scene: Scene, call: ast.Call, others: list[ast.Call], place: int) -> Iterator[str]:
    """First the other side of what another call takes, where all else is the same in both."""
    own = [ast.unparse(each) for at, each in enumerate(call.args) if at != place]
    for other in others:
        text = scene.text(other.args[place])
        rest = [ast.unparse(each) for at, each in enumerate(other.args) if at != place]
        if rest != own:
            yield text
        elif turned := _other_side(text):
            yield turned


def _other_side(text: str) -> str:
    for pair in _SIDES:
        for one, other in (pair, pair[::-1]):
            if re.search(rf"(?<![a-z]){one}(?![a-z])", text):
                return re.sub(rf"(?<![a-z]){one}(?![a-z])", other, text)
    return ""


RULE = rule("sibling-arguments", "NameError", candidates)
