"""What a function stores under a name, and what a call gives it: as it is written."""

import ast
from collections.abc import Iterator

from .bound import Binder, bound, stored

Function = ast.FunctionDef | ast.AsyncFunctionDef
_PUTTING = frozenset({"add", "append", "extend", "update"})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def binds(scope: ast.AST, name: str) -> bool:
    """Whether a function, comprehension or lambda has a variable of its own by that name."""
    if isinstance(scope, Binder):
        return name in bound(scope)
    if isinstance(scope, Function):
        return name in parameters(scope) or any(True for _ in stored_values(name, scope))
    return False


def stored_values(name: str, function: Function) -> Iterator[ast.expr | None]:
    """What is stored under a name; None where that is not an expression, nor a part of one."""
    for node in _own_nodes(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from (value for target in targets if name in stored(target))
            case (
                ast.AnnAssign(target=target, value=value)
                | ast.NamedExpr(target=target, value=value)
            ):
                if name in stored(target) and value is not None:
                    yield value
            case ast.For(target=target, iter=iterable) | ast.AsyncFor(target=target, iter=iterable):
                if name in stored(target):
                    yield through(name, target, iterable)
            case _:
                yield from (None for _ in range(_binds_otherwise(node, name)))


def put_into(name: str, function: Function) -> Iterator[ast.expr]:
    """What is put into what a name stands for, part by part."""
    for node in _own_nodes(function):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner), attr=method), args=[value]
            ) if owner == name and method in _PUTTING:
                yield value
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=owner))], value=value) if (
                owner == name
            ):
                yield value
            case _:
                pass


def through(name: str, target: ast.expr, iterable: ast.expr) -> ast.expr | None:
    """What the values of a loop's variable are parts of: of `zip` and `enumerate`, which one."""
    match target, iterable:
        case ast.Tuple(elts=[_, second]), ast.Call(func=ast.Name(id="enumerate"), args=[only, *_]):
            return only if name in stored(second) else None
        case ast.Name(), ast.Call(func=ast.Name(id="enumerate" | "zip")):
            return None
        case ast.Tuple(elts=targets), ast.Call(func=ast.Name(id="zip"), args=given):
            pairs = zip(targets, given, strict=False)
            return next((argument for part, argument in pairs if name in stored(part)), None)
        case _:
            return iterable


def parameters(function: Function) -> set[str]:
    """The names of the parameters that take one argument each."""
    given = function.args
    return {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def argument(
    call: ast.AST | None, function: Function, name: str, kind: str | None = None
) -> ast.expr | None:
    """What a call gives a function for a parameter, if it calls that by its name.

    Args:
        call: The call.
        function: The function.
        name: The parameter.
        kind: The class whose method it is.
    """
    first = _first_given(call, function, kind)
    if first is None or not isinstance(call, ast.Call):
        return None
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)][first:]
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    placed = zip(names, () if starred else call.args, strict=False)
    named = ((word.arg, word.value) for word in call.keywords)
    return next((value for each, value in (*placed, *named) if each == name), None)


def owner(call: ast.AST | None, method: Function, name: str) -> ast.expr | None:
    """The object that a method is called on, or a property is asked of, if `name` is that.

    Args:
        call: The call, or what asks for the property.
        method: The method.
        name: A parameter of it.
    """
    first = next(iter((*method.args.posonlyargs, *method.args.args)), None)
    if first is None or first.arg != name:
        return None
    match call:
        case (
            ast.Call(func=ast.Attribute(value=inner, attr=called))
            | ast.Attribute(value=inner, attr=called)
        ) if called == method.name:
            return inner
        case _:
            return None


def compared(call: ast.Call, function: ast.Lambda) -> ast.expr | None:
    """What a call gives a function item by item, if it is one that does so."""
    match call:
        case ast.Call(func=ast.Name(id="filter" | "map"), args=[given, items]):
            return items if given is function else None
        case ast.Call(func=ast.Name(id="max" | "min" | "sorted"), args=[items]):
            return items if _is_key(call, function) else None
        case ast.Call(func=ast.Attribute(value=items, attr="sort"), args=[]):
            return items if _is_key(call, function) else None
        case _:
            return None


def _is_key(call: ast.Call, function: ast.Lambda) -> bool:
    return any(word.arg == "key" and word.value is function for word in call.keywords)


def _first_given(call: ast.AST | None, function: Function, kind: str | None) -> int | None:
    """Which parameter gets the first argument of a call; None if that calls something else."""
    match call:
        case ast.Call(func=ast.Name(id=called)) if kind is None and called == function.name:
            return 0
        case ast.Call(func=ast.Name(id=called)) if (called, function.name) == (kind, "__init__"):
            return 1
        case ast.Call(func=ast.Attribute(attr=called)) if called == function.name:
            # A decorator may have the method called otherwise.
            return 1 if kind is not None and not function.decorator_list else None
        case _:
            return None


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    """What a function executes itself: not what functions inside it do."""
    pending: list[ast.AST] = [*function.body]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _SCOPES):
            pending += ast.iter_child_nodes(node)


def _binds_otherwise(node: ast.AST, name: str) -> bool:
    """Whether a statement gives a name a value that nobody wrote down."""
    match node:
        case ast.AugAssign(target=target) | ast.withitem(optional_vars=ast.expr() as target):
            return name in stored(target)
        case ast.alias():
            return name == (node.asname or node.name.split(".")[0])
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return name in names
        case ast.Delete(targets=targets):
            return any(isinstance(each, ast.Name) and each.id == name for each in targets)
        case (
            ast.FunctionDef(name=own)
            | ast.ClassDef(name=own)
            | ast.ExceptHandler(name=own)
            | ast.MatchAs(name=own)
            | ast.MatchStar(name=own)
            | ast.MatchMapping(rest=own)
        ):
            return name == own
        case _:
            return False
