"""Further in than a node: where the function of the plan made a value that the node only called.

What a call of a helper or method gives was made there. So a place that is such a call is followed
into the function, as far as that has but one place to give something from.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.engine.failures.callees import gives
from codeact_lsp.engine.failures.endings import ending
from codeact_lsp.engine.failures.fillings import is_begun_empty
from codeact_lsp.engine.failures.kinds import kind as kind_of
from codeact_lsp.engine.failures.steps import Variables
from codeact_lsp.plan import Piece, Plan, Span

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEEPEST = 4
# Of these names values of other kinds have methods too.
_COMMON = frozenset({*dir(dict), *dir(list), *dir(set), *dir(str), *dir(bytes), "read", "write"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Inner:
    """Where a function gives what a call of it was done for.

    Attributes:
        is_certain: Whether its text leaves no doubt that it gives something of the bad type.
    """

    function: str
    span: Span
    is_certain: bool


def inner(plan: Plan, place: Span, kind: str) -> Inner | None:
    """The function that a place calls, and where that makes what it gives; None if it calls none.

    Args:
        plan: The plan that ran.
        place: An expression, or a `return` of one.
        kind: The type of what was made there; empty for something that has a part of any type.
    """
    found: Inner | None = None
    for _ in range(_DEEPEST):
        deeper = _into(plan, found.span if found else place, kind)
        if deeper is None or (found and deeper.span == found.span):
            break
        found = deeper
    return found


def _into(plan: Plan, place: Span, kind: str) -> Inner | None:
    found = _one_called(plan, place, kind)
    if found is None or (kind == "NoneType" and _may_give_nothing(found[2])):
        return None
    piece, start, function = found
    name = function.name
    if not gives(function):
        span = piece.span(function.body[-1]).shifted(start)
        return Inner(name, span, is_certain=True) if kind == "NoneType" else None
    if function.decorator_list:
        return None
    if kind == "NoneType" and (ends := nothing(function)):
        span = piece.span(ends).shifted(start)
        return Inner(name, span, is_certain=False)
    returned = [each.value for each in returns(function) if each.value]
    likely = [
        each
        for each in returned
        # What has a part was not begun with none.
        if (kind and kind_of(each) in {kind, None}) or not (kind or is_begun_empty(each))
    ]
    if len(likely) != 1:
        return None
    value = Variables.of(function).followed(likely[0])
    place = piece.span(value).shifted(start)
    return Inner(name, place, is_certain=kind_of(value) == kind and len(returned) == 1)


def nothing(function: Function) -> ast.stmt | ast.expr | None:
    """The one place where a function gives nothing; None if it has several, or none."""
    given = [(each, each.value) for each in returns(function)]
    found: list[ast.stmt | ast.expr] = [
        each for each, value in given if value is None or kind_of(value) == "NoneType"
    ]
    last = ending(function.body)
    found += [last] if last else []
    return found[0] if len(found) == 1 else None


def _one_called(plan: Plan, place: Span, kind: str) -> tuple[Piece, int, Function] | None:
    """The helper or method that is called at a place, if there is just one of its name."""
    name, is_of_object = _called(plan, place, kind)
    found = list(defined(plan, name)) if name else []
    if is_of_object:
        # A node may go by the name of a method that it calls.
        found = [each for each in found if each[2] not in each[0].tree.body]
    elif name in plan.nodes:
        return None
    return found[0] if len(found) == 1 else None


def _may_give_nothing(function: Function) -> bool:
    """Whether a function declares that it may return None, so that who calls it has to ask."""
    declared = ast.walk(function.returns) if function.returns else ()
    return any(
        (isinstance(part, ast.Constant) and part.value is None)
        or (isinstance(part, ast.Name) and part.id == "Optional")
        for part in declared
    )


def _called(plan: Plan, place: Span, kind: str) -> tuple[str, bool]:
    """The function that is called at a place; and whether it is so on an object."""
    index = plan.document.piece_at(place.start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    for part in ast.walk(piece.tree):
        if isinstance(part, ast.expr | ast.Return) and piece.span(part).shifted(start) == place:
            match _made(part, kind):
                case ast.Call(func=ast.Name(id=name)):
                    return name, False
                case ast.Call(func=ast.Attribute(attr=name)) if name not in _COMMON:
                    return name, True
                case _:
                    pass
    return "", False


def _made(part: ast.AST | None, kind: str) -> ast.AST | None:
    """What makes something of a type: the expression itself, or that for each item."""
    match part:
        case ast.Return(value=inner) | ast.Await(value=inner):
            return _made(inner, kind)
        case (
            ast.ListComp(elt=inner)
            | ast.SetComp(elt=inner)
            | ast.GeneratorExp(elt=inner)
            | ast.DictComp(value=inner)
        ) if kind_of(part) != kind:
            return _made(inner, kind)
        case other:
            return other


def defined(plan: Plan, name: str) -> Iterator[tuple[Piece, int, Function]]:
    """The functions of a name, methods too: the statement that each is in, and where it begins."""
    for piece, start in zip(plan.document.pieces, plan.document.starts, strict=True):
        for part in ast.walk(piece.tree):
            if isinstance(part, _FUNCTIONS) and part.name == name:
                yield piece, start, part


def called_helpers(plan: Plan, function: ast.AST) -> list[tuple[Piece, int, Function]]:
    """The functions that one calls by their names, and those that they call, but for nodes."""
    found: dict[str, list[tuple[Piece, int, Function]]] = {}
    pending: list[ast.AST] = [function]
    while pending:
        for name in _names_called(pending.pop()) - {*found, *plan.nodes}:
            found[name] = list(defined(plan, name))
            pending += [each for _, _, each in found[name]]
    return [each for several in found.values() for each in several]


def _names_called(tree: ast.AST) -> set[str]:
    return {
        part.func.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    }


def returns(function: Function) -> Iterator[ast.Return]:
    """The `return` statements of a function, without those of functions inside."""
    pending: list[ast.AST] = [*function.body]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.Return):
            yield part
        if not isinstance(part, (*_FUNCTIONS, ast.Lambda)):
            pending += ast.iter_child_nodes(part)
