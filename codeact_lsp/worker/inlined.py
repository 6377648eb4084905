"""The values of a comprehension's variables, where Python keeps them in no frame of their own.

From Python 3.12 on they are gone when its failure is told of. What is gone through is still there:
with which of its items the operation fails is found out by doing it again. A value is told only if
it is certain that it is the one: the first item with which the operation fails, if it was done with
each, or the only one.
"""

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from . import attempts, exceptions
from .bound import Comprehension, is_inside, parts
from .expressions import Place, Scope, Unknown
from .operation import around
from .stack import Call, Stack, place_of

_MOST_ITEMS = 10_000
# They change nothing, whatever they are called with of plain data.
_QUIET_WORDS = (
    "abs all any bool chr dict divmod enumerate float frozenset int isinstance len list max min "
    "ord range repr reversed round set sorted str sum tuple type zip"
)
_QUIET = frozenset(_QUIET_WORDS.split())
_QUIET_METHODS_WORDS = (
    "capitalize casefold copy count endswith find format get index isalpha isdigit items join "
    "keys lower lstrip removeprefix removesuffix replace rsplit rstrip split splitlines "
    "startswith strip title upper values zfill"
)
_QUIET_METHODS = frozenset(_QUIET_METHODS_WORDS.split())

_Names = dict[str, Any]


def recovered(error: BaseException, operation: ast.AST, stack: Stack) -> tuple[Call, Scope]:
    """The innermost call, knowing what the variables of comprehensions were, if that is certain.

    Returns:
        That call, and names with values such as they may have had, for looking at what there is.
    """
    call = stack.calls[0]
    outermost_first = [
        node
        for node in reversed(list(around(operation, stack.above)))
        if isinstance(node, Comprehension) and node in call.inlined.values()
    ]
    inside = [node for node in outermost_first if _is_in(operation, node)]
    if not inside or _has_moved_on(call, inside[0]):
        return call, call.scope
    failing, complete = _failing(error, operation, inside, call.scope)
    if not failing:
        return call, call.scope
    known = call.knowing(failing[0])
    quiet = all(_is_quiet(node, call.scope) for node in inside)
    certain = _always(operation, inside, stack) or (complete and len(failing) == 1)
    return (known if quiet and certain else call), known.scope


def _has_moved_on(call: Call, binder: Comprehension) -> bool:
    """Whether the frame has executed more since, and may have changed what was gone through."""
    place = place_of(call.frame.f_code, call.frame.f_lasti)
    return place is None or not Place.of(binder).holds(place)


def _failing(
    error: BaseException, operation: ast.AST, inside: list[Comprehension], scope: Scope
) -> tuple[list[_Names], bool]:
    """The rounds with which the operation fails, as far as that is known, and if it is of all."""
    generators = [each for node in inside for each in node.generators]
    generators = [each for each in generators if not _precedes(operation, each)]
    failing: list[_Names] = []
    try:
        for number, names in enumerate(rounds(generators, scope, {})):
            if number >= _MOST_ITEMS:
                return failing, False
            if _fails(error, operation, replace(scope, bound=names)):
                failing.append(names)
    except (Unknown, TypeError, ValueError):
        return failing, False
    return failing, True


def _fails(error: BaseException, operation: ast.AST, scope: Scope) -> bool:
    if isinstance(operation, ast.Attribute) and type(error) is AttributeError:
        owner = scope.value(operation.value)
        if owner is not None and exceptions.owner(error) is not owner:
            return False
    return attempts.fails_like(error, operation, scope)


def rounds(generators: list[ast.comprehension], scope: Scope, names: _Names) -> Iterator[_Names]:
    """The values of the variables, round by round; what `if` leaves out too."""
    if not generators:
        yield names
        return
    first, *others = generators
    for item in attempts.items(first.iter, replace(scope, bound=names)):
        yield from rounds(others, scope, {**names, **attempts.assigned(first.target, item)})


def _precedes(operation: ast.AST, generator: ast.comprehension) -> bool:
    """Whether an operation is done before a generator's variable has a value."""
    return isinstance(operation, ast.expr) and Place.of(generator.iter).holds(Place.of(operation))


def _is_in(operation: ast.AST, binder: Comprehension) -> bool:
    return isinstance(operation, ast.expr) and is_inside(operation, binder)


def _always(operation: ast.AST, inside: list[Comprehension], stack: Stack) -> bool:
    """Whether the operation is done in each round."""
    if any(generator.ifs for node in inside for generator in node.generators):
        return False
    for each in around(operation, stack.above):
        if _is_a_branch(each):
            return False
        if each is inside[0]:
            return True
    return False


def _is_a_branch(node: ast.AST) -> bool:
    """Whether not all that stands in it is evaluated each time."""
    is_chain = isinstance(node, ast.Compare) and len(node.comparators) > 1
    return is_chain or isinstance(node, ast.IfExp | ast.BoolOp | ast.Lambda)


def _is_quiet(binder: Comprehension, scope: Scope) -> bool:
    """Whether nothing in it can have changed what it goes through."""
    within = [node for part in parts(binder) for node in ast.walk(part)]
    within += list(ast.walk(binder.generators[0].iter))
    if any(isinstance(node, ast.NamedExpr | ast.Await | ast.Yield) for node in within):
        return False
    return all(_calls_quietly(node, scope) for node in within if isinstance(node, ast.Call))


def _calls_quietly(call: ast.Call, scope: Scope) -> bool:
    if any(word.arg == "key" for word in call.keywords):
        return False
    match call.func:
        case ast.Name(id=name):
            return name in _QUIET and scope.is_builtin(call.func)
        case ast.Attribute(attr=name):
            return name in _QUIET_METHODS
        case _:
            return False
