"""An item of a list, where the list itself is what is wanted.

Answers IndexError and TypeError. Wanted is a list by what is done to it, or by what the function
declares to give.

    sum(stack[0]); max(left[0], default=0)     ->  sum(stack); max(left, default=0)
    return digits[::-1][1], of `-> list[int]`  ->  return digits[::-1]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, in_places, rule
from codeact_lsp.repair.declared_types import declared_by_taker
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, replaced, together

_NO_ITEMS = r"'(?:int|float|bool|NoneType)' object is not iterable"
_MARGIN = 0.05
_GOES_THROUGH = frozenset(
    {"sum", "max", "min", "sorted", "len", "list", "set", "tuple", "any", "all", "enumerate"}
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The list, wherever the statement takes one item of it to go through it."""
    if scene.error.type == "IndexError":
        yield from _declared(scene)
    elif scene.said(_NO_ITEMS):
        items = list(_gone_through(scene))
        if items:
            edits = (replaced(scene, item, scene.text(item.value)) for item in items)
            title = f"Write '{scene.text(items[0].value)}'{in_places(len(items))}"
            yield Candidate(title, together(scene, *edits), LIKELY)


def _declared(scene: Scene) -> Iterator[Candidate]:
    """What the function gives back, if that and not an item of it is what it declares to give."""
    for item in scene.inside(ast.Subscript):
        wanted = declared_by_taker(scene, item)
        is_place = isinstance(item.slice, ast.Constant | ast.UnaryOp)
        # An item of a text is one as well.
        if wanted and wanted != "str" and wanted == scene.kind(item.value) and is_place:
            yield instead(scene, item, scene.text(item.value), LIKELY - _MARGIN)


def _gone_through(scene: Scene) -> Iterator[ast.Subscript]:
    """The items of the statement that are given to what goes through something."""
    for call in ast.walk(scene.statement) if scene.statement else ():
        match call:
            case ast.Call(
                func=ast.Name(id=name),
                args=[ast.Subscript(slice=ast.Constant(value=int())) as item],
            ) if name in _GOES_THROUGH:
                yield item
            case _:
                pass


RULE = rule("too-deep", "IndexError TypeError", candidates)
