"""A value that a call takes in one form only, and in which it is nearly written.

Answers ValueError and TypeError.

    path.with_suffix("json")        ->  path.with_suffix(".json")
    amount.quantize("0.01")         ->  amount.quantize(Decimal("0.01"))
    max(sizes, key=len), of numbers ->  max(sizes)
    max(place - 1), of a number     ->  max(0, place - 1)
    best = max(n), of a `best` that there is        ->  best = max(n, best)
    min(end), of a number           ->  min(len(rows), end), where `rows` is looked into
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.at_hand import at_hand
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    quoted,
    replaced,
    together,
)

_ONE_NUMBER = r"^'(?:int|float)' object is not iterable"
_MOST = 3
_MARGIN = 0.05
_ORDERING = frozenset({"max", "min", "sorted"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The value in that form."""
    if scene.said(_ONE_NUMBER):
        yield from _bounded(scene)
    suffix = scene.said(r"Invalid suffix '([^'.]+)'")
    for call in scene.calls():
        match call:
            case ast.Call(args=[ast.Constant(value=str(value)) as written]) if suffix:
                yield instead(scene, written, quoted(scene, written, f".{value}"), SURE)
            case ast.Call(args=[given, *_]) if scene.said("from str to Decimal is not supported"):
                imports = importing(scene, "from decimal import Decimal", "Decimal")
                text = f"Decimal({scene.text(given)})"
                edit = together(scene, *imports, replaced(scene, given, text))
                yield Candidate(f"Write '{text}'", edit, SURE)
            case ast.Call(keywords=[*words]) if scene.said("of type '(?:int|float)' has no len"):
                kept = [word for word in words if not _is_length(word)]
                if called(call) in _ORDERING and len(kept) < len(words):
                    words_left = map(scene.text, kept)
                    text = call_of(scene, call, arguments(scene, call), words_left)
                    yield instead(scene, call, text, LIKELY + 0.05)
            case _:
                pass


def _bounded(scene: Scene) -> Iterator[Candidate]:
    """A number within a bound, or the larger of two: none is the largest of itself."""
    for call in scene.calls():
        yield from _of_two(scene, call)
        match call:
            case ast.Call(func=ast.Name("max"), args=[only], keywords=[]) if _is_plain(only):
                yield instead(scene, call, f"max(0, {scene.text(only)})", LIKELY)
            case ast.Call(func=ast.Name("min"), args=[only], keywords=[]) if _is_plain(only):
                owners = [ast.unparse(item.value) for item in scene.nearby(ast.Subscript)]
                for owner in list(dict.fromkeys(owners))[:2]:
                    text = f"min(len({owner}), {scene.text(only)})"
                    yield instead(scene, call, text, POSSIBLE)
            case _:
                pass


def _of_two(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What is there already, or was made just before, beside the one number."""
    match call, scene.statement:
        case (
            ast.Call(func=ast.Name("max" | "min"), args=[only], keywords=[]),
            ast.Assign(targets=[ast.Name() | ast.Subscript() | ast.Attribute() as kept]),
        ) if _is_plain(only):
            # What it was before goes on being compared with, if it was anything.
            known = at_hand(scene, call)
            was = scene.text(kept)
            more = known if was in known or isinstance(kept, ast.Name) else [was, *known]
            for number, other in enumerate(more[:_MOST]):
                likely = LIKELY + _MARGIN if other == was else LIKELY - number / 10
                text = call_of(scene, call, [scene.text(only), other])
                yield instead(scene, call, text, likely)
        case _:
            return


def _is_plain(given: ast.expr) -> bool:
    """Whether it may be a number itself, not something whose items are."""
    return isinstance(given, ast.Name | ast.BinOp | ast.Subscript | ast.Attribute | ast.Call)


def _is_length(word: ast.keyword) -> bool:
    return word.arg == "key" and ast.unparse(word.value) == "len"


RULE = rule("one-way", "ValueError TypeError", candidates)
