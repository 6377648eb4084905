"""A text that is taken apart at another mark than the ones that are in it.

Answers ValueError, IndexError, KeyError and TypeError of what comes of it, in the same function or
in the one that made the value. Those marks come first that the function asks for, then those that
were seen in the values and in the message. Tried only where nothing else has worked.

    line.split(";")       ->  line.split(","), of a line "a,1"
    line.partition("|")   ->  line.partition("=")
    line.split(10)        ->  line.split(";"), of a line "a;1"
    if "=" in line: line.partition(":")   ->  line.partition("=")
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, quoted

_TAKE_APART = frozenset({"split", "rsplit", "partition", "rpartition", "join"})
_LOOK = frozenset({"find", "index", "count", "rfind", "rindex"})
_MARKS = (",", ";", ":", "|", "=", "\t", " ", "-", "/", ".", "_", "&", "\n")
_MOST = 5


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Another mark, in each call of the function that takes a text apart."""
    seen = " ".join([scene.error.message, *(value.value for value in scene.error.values)])
    # As often as it was seen: what stands between parts does so again and again.
    marks = sorted(_MARKS, key=lambda mark: -seen.count(mark.replace("\t", "\\t")))
    origins = (Scene(scene.plan, scene.error, each.span) for each in scene.error.origins)
    for there in (scene, *origins):
        for call in there.nearby(ast.Call):
            mark = _mark(call)
            if mark is not None:
                known = _asked_for(there)
                others = [each for each in marks if each != mark.value]
                others.sort(key=lambda each: each not in known)
                for number, other in enumerate(others[:_MOST]):
                    text = quoted(there, mark, other)
                    yield instead(there, mark, text, WILD * (1 - number / 10))


def _asked_for(scene: Scene) -> set[object]:
    """The texts of which the function asks whether, where or how often they are there."""
    asked = [
        node.left
        for node in scene.nearby(ast.Compare)
        if isinstance(node.ops[0], ast.In | ast.NotIn)
    ]
    asked += [
        call.args[0] for call in scene.nearby(ast.Call) if called(call) in _LOOK and call.args
    ]
    return {node.value for node in asked if isinstance(node, ast.Constant)}


def _mark(call: ast.Call) -> ast.Constant | None:
    match call:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) as mark, attr="join")):
            return mark
        case ast.Call(args=[ast.Constant() as mark, *_]) if called(call) in _TAKE_APART:
            return mark
        case _:
            return None


RULE = rule("separators", EVERY, candidates)
