"""Which names in an expression are not those of the frame that ran it.

A comprehension, a generator and a lambda bind names of their own. From Python 3.12 on, a
comprehension has no frame of its own either, and by the time that its failure is told of its
variables are gone. What the frame has under such a name is the value of another variable.
"""

import ast
from collections.abc import Iterator

from .expressions import Place

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Binder = Comprehension | ast.Lambda
_FRAMES: dict[type[ast.expr], str] = {
    ast.ListComp: "<listcomp>",
    ast.SetComp: "<setcomp>",
    ast.DictComp: "<dictcomp>",
    ast.GeneratorExp: "<genexpr>",
    ast.Lambda: "<lambda>",
}


def binder_of(tree: ast.AST, place: Place, function: str) -> Binder | None:
    """The binder whose frame executes what is at a place; None: it is a function with a name.

    Args:
        tree: The plan.
        place: What the frame was executing.
        function: What Python calls the frame's code, such as `<lambda>`.
    """
    around = [node for node in _near(tree, place) if _FRAMES[type(node)] == function]
    around = [node for node in around if _runs(node, place)]
    return around[-1] if around else None  # A walk meets the innermost last.


def foreign(tree: ast.AST, place: Place, function: str) -> dict[ast.Name, Binder]:
    """The names around `place` that the frame does not know, or knows as something else.

    Returns:
        For each, what binds it.
    """
    own = binder_of(tree, place, function)
    inner = [node for node in _near(tree, place) if own is None or is_inside(node, own)]
    # A walk meets the innermost last, and that is the one whose variable it is.
    return {name: binder for binder in inner for name in _names(binder)}


def is_inside(node: ast.expr, binder: Binder) -> bool:
    """Whether a node stands where the names of `binder` hold; `binder` itself does not."""
    own = Place.of(node)
    return node is not binder and any(Place.of(part).holds(own) for part in parts(binder))


def parts(binder: Binder) -> Iterator[ast.expr]:
    """The parts where its names hold: not its first iterable, nor its defaults."""
    match binder:
        case ast.Lambda():
            yield binder.body
            return
        case ast.DictComp():
            yield from (binder.key, binder.value)
        case _:
            yield binder.elt
    for number, generator in enumerate(binder.generators):
        yield generator.target
        yield from generator.ifs
        if number:
            yield generator.iter


def bound(binder: Binder) -> set[str]:
    """The names that it binds."""
    if isinstance(binder, ast.Lambda):
        return {node.arg for node in ast.walk(binder.args) if isinstance(node, ast.arg)}
    return {name for generator in binder.generators for name in stored(generator.target)}


def stored(target: ast.AST) -> set[str]:
    """The names that a target stores to."""
    names = (node for node in ast.walk(target) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def _near(tree: ast.AST, place: Place) -> list[Binder]:
    return [node for node in ast.walk(tree) if isinstance(node, Binder) and _meets(node, place)]


def _meets(node: ast.expr, place: Place) -> bool:
    around = Place.of(node)
    return around.holds(place) or place.holds(around)


def _runs(binder: Binder, place: Place) -> bool:
    """Whether its frame executes what is at a place; it also fetches the next item of its own."""
    return place == Place.of(binder) or any(Place.of(part).holds(place) for part in parts(binder))


def _names(binder: Binder) -> Iterator[ast.Name]:
    """The uses of what it binds."""
    own = bound(binder)
    for part in parts(binder):
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id in own:
                yield node
