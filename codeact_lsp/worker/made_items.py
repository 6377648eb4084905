"""The item of a comprehension that a call which goes through it could not take.

Python tells of which type it was, and nothing else of it. What the comprehension goes through is
still there, so the first item of that type is found by making the items again, as far as that only
takes looking them up.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from . import exceptions, previews
from .expressions import Unknown
from .inlined import rounds
from .stack import Stack

_MOST_ITEMS = 1_000
_TAKING = frozenset({"fsum", "join", "prod", "sum"})
_COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp)
# Each says last what could not be taken.
_KIND = re.compile(r"(?:and '|instance, |number, not )(?:[\w.]+\.)?(\w+)(?:'| found)?$")


def knowing(error: BaseException, operation: ast.AST | None, stack: Stack) -> Stack:
    """The same calls, where the variables are known with which such an item was made."""
    kind, made = _KIND.search(previews.message(error)), made_by(operation)
    if not exceptions.is_a(error, TypeError) or kind is None or made is None:
        return stack
    names = next(_failing(made, kind[1], stack), None)
    first, *others = stack.calls
    return replace(stack, calls=[first.knowing(names), *others]) if names else stack


def made_by(operation: ast.AST | None) -> ast.GeneratorExp | ast.ListComp | ast.SetComp | None:
    """The comprehension that a call takes item by item, if each item is looked up somewhere."""
    match operation:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[made, *_]) if (
            name in _TAKING and isinstance(made, _COMPREHENSIONS)
        ):
            return made if isinstance(made.elt, ast.Attribute | ast.Subscript) else None
        case _:
            return None


def _failing(
    made: ast.GeneratorExp | ast.ListComp | ast.SetComp, kind: str, stack: Stack
) -> Iterator[dict[str, Any]]:
    try:
        for names in islice(rounds(made.generators, stack.scope, {}), _MOST_ITEMS):
            values = replace(stack.scope, bound=names).known(made.elt)
            if any(exceptions.class_name(value) == kind for value in values):
                yield names
    except (Unknown, TypeError, ValueError):
        return
