"""Which names in an expression are not those of the frame that ran it.

A comprehension, a generator and a lambda bind names of their own. From Python 3.12 on, a
comprehension has no frame of its own either, and by the time that its failure is told of its
variables are gone. What the frame has under such a name is the value of another variable.
"""

import ast
from collections.abc import Iterator

from .expressions import Place

_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_Binder = _Comprehension | ast.Lambda
_FRAMES: dict[type[ast.expr], str] = {
    ast.ListComp: "<listcomp>",
    ast.SetComp: "<setcomp>",
    ast.DictComp: "<dictcomp>",
    ast.GeneratorExp: "<genexpr>",
    ast.Lambda: "<lambda>",
}


def foreign(tree: ast.AST, place: Place, function: str) -> frozenset[ast.AST]:
    """The names around `place` that the frame does not know, or knows as something else.

    Args:
        tree: The plan.
        place: What the frame was executing.
        function: What Python calls the frame's code, such as `<lambda>`.
    """
    binders = [node for node in ast.walk(tree) if isinstance(node, _Binder) and _meets(node, place)]
    own = _own(binders, place, function)
    inner = [node for node in binders if own is None or (node is not own and _is_in(node, own))]
    return frozenset(name for binder in inner for name in _names(binder))


def _meets(node: ast.expr, place: Place) -> bool:
    around = Place.of(node)
    return around.holds(place) or place.holds(around)


def _own(binders: list[_Binder], place: Place, function: str) -> _Binder | None:
    """The binder whose frame it is; None if that is a function with a name."""
    around = [node for node in binders if _FRAMES[type(node)] == function and _runs(node, place)]
    return around[-1] if around else None  # A walk meets the innermost last.


def _runs(binder: _Binder, place: Place) -> bool:
    """Whether its frame executes what is at a place; it also fetches the next item of its own."""
    return place == Place.of(binder) or any(part.holds(place) for part in _inside(binder))


def _is_in(node: ast.expr, binder: _Binder) -> bool:
    return any(place.holds(Place.of(node)) for place in _inside(binder))


def _inside(binder: _Binder) -> Iterator[Place]:
    """The parts where its names hold: not its first iterable, nor its defaults."""
    for node in _parts(binder):
        yield Place.of(node)


def _parts(binder: _Binder) -> Iterator[ast.expr]:
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


def _names(binder: _Binder) -> Iterator[ast.Name]:
    """The uses of what it binds."""
    bound = set(_bound(binder))
    for part in _parts(binder):
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id in bound:
                yield node


def _bound(binder: _Binder) -> Iterator[str]:
    if isinstance(binder, ast.Lambda):
        yield from (node.arg for node in ast.walk(binder.args) if isinstance(node, ast.arg))
        return
    for generator in binder.generators:
        for node in ast.walk(generator.target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
