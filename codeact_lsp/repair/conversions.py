"""A part of one type as what it has to be beside one of another type."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate
from codeact_lsp.repair.kinds_met import NUMBER_FIRST, NUMBERS, TEXT_WANTED
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_NEUTRAL = {**dict.fromkeys(NUMBERS, "0"), "str": '""'}
# What has items, and can be added to none.
_ITEMS = frozenset(
    ["tuple", "set", "frozenset", "deque", "dict_keys", "dict_values", "dict_items", "range", "map",
     "filter", "zip", "enumerate", "reversed", "list_reverseiterator", "generator", "accumulate",
     "chain", "islice", "product", "permutations", "combinations", "pairwise", "takewhile"]
)  # fmt: skip
_MARGIN = 0.02
_PATHS = frozenset({"PosixPath", "WindowsPath", "Path"})


def converted(scene: Scene, node: ast.expr, kind: str, met: str) -> Iterator[Candidate]:
    """A part of one type as what it has to be beside one of another type."""
    text = scene.text(node)
    match node:
        case ast.Call(func=ast.Name("str"), args=[number], keywords=[]) if met in NUMBERS:
            yield instead(scene, node, scene.text(number), SURE)
            return
        case _:
            pass
    if kind == "NoneType" and met in _NEUTRAL:
        yield instead(scene, node, f"{text} or {_NEUTRAL[met]}", GUESS, hides=True)
    elif kind == "bytes" and met == "str":
        yield instead(scene, node, f"{operand(scene, node)}.decode()", SURE)
    elif kind in _PATHS and met == "str":
        yield instead(scene, node, f"str({text})", SURE)
        yield instead(scene, node, f"{operand(scene, node)}.name", LIKELY - 0.05)
    elif met == "str" and kind not in {"str", "NoneType", ""} and scene.said(TEXT_WANTED):
        is_before = scene.said(NUMBER_FIRST)
        yield instead(scene, node, f"str({text})", LIKELY - (_MARGIN if is_before else 0))
    elif kind == "str" and (met in NUMBERS or scene.said("multiply sequence")):
        # So many times a text is a text as well: that is no number of which somebody thought.
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)):
            yield from as_number(scene, node)
    elif {kind, met} == {"Decimal", "float"}:
        # As a float, too: where the function says that it gives such, that keeps its word.
        ways = {"float": (f"Decimal(str({text}))", LIKELY), "Decimal": (f"float({text})", POSSIBLE)}
        yield instead(scene, node, *ways[kind])
    elif met == "list":
        yield from _beside_list(scene, node, kind)


def _beside_list(scene: Scene, node: ast.expr, kind: str) -> Iterator[Candidate]:
    """One more of its items, or a list of what has some."""
    if kind in NUMBERS | {"str", "dict"} and not scene.said("left operand"):
        # What a number is added to may have begun as a list by mistake.
        is_count = isinstance(node, ast.Constant) and (
            isinstance(scene.failed, ast.AugAssign) or node.value == 1
        )
        likely = POSSIBLE if is_count else LIKELY
        yield instead(scene, node, f"[{scene.text(node)}]", likely)
    elif kind in _ITEMS:
        yield instead(scene, node, f"list({scene.text(node)})", SURE)


def as_number(scene: Scene, node: ast.expr) -> Iterator[Candidate]:
    """What the text looks like; where it was not seen, the number that takes more of them.

    What is made a text right there is no number any more because of that, and loses it instead.
    """
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "str":
        return
    seen, text = scene.value(node), scene.text(node)
    is_whole = seen is not None and seen.value.strip("'\" +-").isdigit()
    for name, likely in (("int", SURE), ("float", LIKELY)) if is_whole else (("float", SURE),):
        yield instead(scene, node, f"{name}({text})", likely)
