"""The largest or smallest of one number, where it is of two.

Answers TypeError.

    max(place - 1)                              ->  max(0, place - 1)
    best = max(n), of a `best` that there is    ->  best = max(n, best)
    min(end)                                    ->  min(len(rows), end), where `rows` is looked into
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.at_hand import at_hand
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import call_of, instead

_ONE_NUMBER = r"^'(?:int|float)' object is not iterable"
_MOST = 3
_MARGIN = 0.05


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A number within a bound, or the larger of two: none is the largest of itself."""
    for call in scene.calls() if scene.said(_ONE_NUMBER) else ():
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


RULE = rule("one-number", "TypeError", candidates)
