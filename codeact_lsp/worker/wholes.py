"""What an operand is made of: the named values in it, and the parts of these that it has."""

import ast
import types
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

from . import copies
from .expressions import Scope, Unknown
from .inlined import rounds
from .stack import Stack

_MOST_ITEMS = 1_000
_MOST_PARTS = 20_000
# Methods that give much of a text back, or of what is counted.
_OF_PARTS = frozenset(
    [
        "lstrip",
        "most_common",
        "removeprefix",
        "removesuffix",
        "replace",
        "rsplit",
        "rstrip",
        "split",
        "strip",
    ]
)
_GOING_THROUGH = frozenset(
    ["enumerate", "filter", "iter", "list", "reversed", "set", "sorted", "tuple", "zip"]
)


def named(
    nodes: Iterable[ast.expr], *, deep: bool = False, lengths: bool = False
) -> Iterator[ast.expr]:
    """The expressions that have a value to look up, in what only goes through or joins them.

    Args:
        nodes: The operands.
        deep: Look into operations too.
        lengths: Look into what is counted; a length tells nothing of the types of what it counts.
    """
    inside = partial(named, deep=deep, lengths=lengths)
    for node in nodes:
        match node:
            case ast.Name() | ast.Attribute() | ast.Subscript():
                yield node
            case ast.BinOp(left=left, right=right) if deep:
                yield from inside([left, right])
            case ast.Starred(value=inner) | ast.UnaryOp(operand=inner):
                yield from inside([inner])
            case ast.BoolOp(values=several):
                yield from inside(several)
            case ast.Call(func=ast.Attribute(value=inner, attr=name), args=several) if (
                not several or name in _OF_PARTS
            ):
                yield from inside([inner])
            case ast.Call(func=ast.Name(id="len"), args=inner) if lengths:
                yield from inside(inner)
            case ast.Call(func=ast.Name(id=name), args=inner) if name in _GOING_THROUGH:
                yield from inside(inner)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                yield from inside([node.generators[0].iter])
            case _:
                pass


def parts(operand: ast.expr, stack: Stack) -> Iterator[Any]:
    """The values in an operand and what they hold, as far as that is plain data.

    Of a generator or a comprehension, what it makes.
    """
    match operand:
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            values = _made(operand, stack.scope)
        case _:
            values = (value for node in named([operand], deep=True) for value in stack.known(node))
    for value in values:
        if isinstance(value, types.ModuleType):
            continue  # What a call is looked up in was never done anything to.
        yield value
        yield from islice(copies.parts_of(value), _MOST_PARTS)


def _made(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: Scope) -> Iterator[Any]:
    try:
        for bound in islice(rounds(node.generators, scope, {}), _MOST_ITEMS):
            yield from replace(scope, bound=bound).known(node.elt)
    except (Unknown, TypeError, ValueError):
        return
