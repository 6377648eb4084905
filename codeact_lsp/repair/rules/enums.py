"""A member of an enumeration that is looked up by its name, or put in order or to others by itself.

Answers ValueError and TypeError.

    Colour("RED")       ->  Colour["RED"], where the name is RED and the value is not
    Colour("Red")       ->  Colour("Red".lower())
    max(levels)         ->  max(levels, key=lambda item: item.value)
    "is " + Colour.RED  ->  "is " + Colour.RED.value
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, operand

# Than that the text of the member itself is meant.
_SURER = SURE + 0.02
_ORDERED = frozenset({"max", "min", "sorted", "sort"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """By its name, or by its value."""
    if scene.said(r"is not a valid \w+"):
        for call in scene.calls():
            match call.args:
                case [only] if not call.keywords:
                    yield from _looked_up(scene, call, only)
                case _:
                    pass
    elif said := scene.said(r"not supported between instances of '(\w+)' and '\1'"):
        for call in scene.calls() if said[1] in _enumerations(scene) else ():
            if called(call) in _ORDERED and not any(word.arg == "key" for word in call.keywords):
                words = [*map(scene.text, call.keywords), "key=lambda item: item.value"]
                text = call_of(scene, call, arguments(scene, call), words)
                yield instead(scene, call, text, SURE)
    yield from _beside(scene)


def _beside(scene: Scene) -> Iterator[Candidate]:
    """The value of a member that an operator is given."""
    met = scene.said(r"not \"(\w+)\"|and '(\w+)'|: '(\w+)' and")
    kinds = set(met.groups()) & _enumerations(scene) if met else set()
    match scene.failed if kinds else None:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            for side in (left, right):
                if scene.kind(side) in {*kinds, None}:
                    yield instead(scene, side, f"{operand(scene, side)}.value", _SURER)
        case _:
            return


def _looked_up(scene: Scene, call: ast.Call, only: ast.expr) -> Iterator[Candidate]:
    kind, key = scene.text(call.func), operand(scene, only)
    yield instead(scene, call, f"{kind}[{scene.text(only)}]", SURE)
    for way in ("lower", "upper"):
        yield instead(scene, only, f"{key}.{way}()", LIKELY)
        yield instead(scene, call, f"{kind}[{key}.{way}()]", LIKELY)


def _enumerations(scene: Scene) -> set[str]:
    return {
        node.name
        for node in scene.classes()
        if any("Enum" in ast.unparse(base) for base in node.bases)
    }


RULE = rule("enums", "ValueError TypeError", candidates)
