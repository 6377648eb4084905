"""A place that is off by one for all of a loop, and not only at its end.

Answers IndexError. Where every look is made one further, or what is counted are lengths from one
on, the loop is right and the look is not: an end that is one less would leave out an item.

    for i in range(n): a[i + 1]; b = a[i + 1]          ->  a[i] in 2 places
    for i in range(1, n + 1): best[i] = one[i]         ->  one[i - 1]
    stack.pop(1); stack[-2]                            ->  stack.pop(); stack[-1]
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, in_places, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, replaced, together

_MARGIN = 0.02
_DOUBT = 0.1
_FROM_ONE = re.compile(r"range\(1, .+ \+ 1\)$")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The place without what is added to it, one less of it, or the last one."""
    for item in scene.inside(ast.Subscript):
        match item.slice:
            case ast.BinOp(left=ast.Name(), op=ast.Add(), right=ast.Constant(value=int())):
                yield from _without(scene, item, item.slice.left)
            case ast.Name(id=place) if place in _counted_from_one(scene):
                yield from _one_less(scene, item)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(back))) if back > 1:
                yield instead(scene, item.slice, f"-{back - 1}", POSSIBLE + _MARGIN)
            case _:
                pass
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(attr="pop") as pop, args=[ast.Constant()]):
                yield instead(scene, call, f"{scene.text(pop)}()", POSSIBLE + _MARGIN)
            case _:
                pass


def _without(scene: Scene, item: ast.Subscript, place: ast.expr) -> Iterator[Candidate]:
    """The place itself, in all looks alike, where the function never looks at it as it is."""
    looks = scene.nearby(ast.Subscript)
    plain = f"{ast.unparse(item.value)}[{ast.unparse(place)}]"
    same = [look for look in looks if ast.unparse(look) == ast.unparse(item)]
    if len(same) > 1 and not any(ast.unparse(look) == plain for look in looks):
        edits = (replaced(scene, look.slice, scene.text(place)) for look in same)
        title = f"Write '{plain}'{in_places(len(same))}"
        yield Candidate(title, together(scene, *edits), LIKELY + _DOUBT / 2)


def _one_less(scene: Scene, item: ast.Subscript) -> Iterator[Candidate]:
    """One less in what is only looked into, wherever lengths are counted."""
    counted = _counted_from_one(scene)
    looks = scene.nearby(ast.Subscript)
    filled = {ast.unparse(_owner(look)) for look in looks if isinstance(look.ctx, ast.Store)}
    shifted = [
        look for look in looks
        if isinstance(look.value, ast.Name) and look.value.id not in filled
        and isinstance(look.slice, ast.Name) and look.slice.id in counted
    ]  # fmt: skip
    if item in shifted:
        edits = (replaced(scene, look.slice, f"{scene.text(look.slice)} - 1") for look in shifted)
        title = f"Write '{scene.text(item.value)}[{scene.text(item.slice)} - 1]'"
        edit = together(scene, *edits)
        # Where nothing is filled by them, it may be places that are counted, but for the first.
        likely = LIKELY if filled else POSSIBLE - _DOUBT
        yield Candidate(f"{title}{in_places(len(shifted))}", edit, likely)


def _counted_from_one(scene: Scene) -> set[str]:
    """What loops count from one on, up to something and that as well."""
    return {
        ast.unparse(loop.target) for loop in scene.loops
        if _FROM_ONE.match(ast.unparse(loop.iter))
    }  # fmt: skip


def _owner(item: ast.expr) -> ast.expr:
    """What an item is looked up in, in the end."""
    while isinstance(item, ast.Subscript):
        item = item.value
    return item


RULE = rule("shifted", "IndexError", candidates)
