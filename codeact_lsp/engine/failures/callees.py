"""A function of the plan that is no node, and that by itself explains why a call of it failed.

Told is only what its text leaves no doubt of: a method that takes no object, a class that does not
keep what it is given, or a function without any `return` of a value where one was needed.
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.plan import Piece, Plan, Span

_ONE_MORE = re.compile(
    r"^(?:\w+\.)*?(\w+)\.(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given"
)
_LACKS = re.compile(r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'")
_OPERATIONS = (ast.Attribute, ast.BinOp, ast.Compare, ast.Subscript, ast.UnaryOp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OWN = frozenset({"self", "cls"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


def guilty_callee(plan: Plan, error: CodeError) -> Blame | None:
    """The function or method that is meant; None if none is.

    Args:
        plan: The plan that ran.
        error: The failure.
    """
    said = _ONE_MORE.match(error.message) if error.type == "TypeError" else None
    if said and int(said[4]) == int(said[3]) + 1:
        return _selfless(plan, said[1], said[2])
    lacks = _LACKS.search(error.message) if error.type == "AttributeError" else None
    if lacks and (found := _unset(plan, lacks[1], lacks[2])):
        return found
    if "NoneType" in error.message and error.type in {"TypeError", "AttributeError"}:
        return _begun_with_none(plan, error) or _without_return(plan, error)
    return None


def _selfless(plan: Plan, kind: str, method: str) -> Blame | None:
    for piece, start in _pieces(plan):
        for top in piece.tree.body:
            if isinstance(top, ast.ClassDef) and top.name == kind:
                for each in top.body:
                    if isinstance(each, _FUNCTIONS) and each.name == method and _takes_none(each):
                        message = f"'{method}' does not take the object that it is called on."
                        return Blame(
                            method, _head(piece, each).shifted(start), message, likely=True
                        )
    return None


def _unset(plan: Plan, kind: str, name: str) -> Blame | None:
    """The `__init__` of a class that takes what an attribute is called, and never reads it."""
    for piece, start in _pieces(plan):
        classes = [each for each in piece.tree.body if isinstance(each, ast.ClassDef)]
        for top in classes:
            for each in top.body if top.name == kind else ():
                if isinstance(each, ast.FunctionDef) and each.name == "__init__":
                    takes = {part.arg for part in each.args.args}
                    if name in takes and not _set(top, name):
                        message = f"'{kind}' is given '{name}' here, and does not keep it."
                        place = _head(piece, each).shifted(start)
                        return Blame(each.name, place, message, likely=False)
    return None


def _set(kind: ast.ClassDef, name: str) -> list[ast.Assign | ast.AnnAssign]:
    """Where a class sets an attribute."""
    found: list[ast.Assign | ast.AnnAssign] = []
    for part in ast.walk(kind):
        match part:
            case ast.Assign(targets=targets):
                pass
            case ast.AnnAssign(target=target):
                targets = [target]
            case _:
                continue
        if any(isinstance(each, ast.Attribute) and each.attr == name for each in targets):
            found.append(part)
    return found


def _begun_with_none(plan: Plan, error: CodeError) -> Blame | None:
    """Where the attribute that was found to be None is set, if it is set to nothing else."""
    index = plan.document.piece_at(error.span.start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    for node in ast.walk(piece.tree):
        match node:
            case (
                ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr=name))
                | ast.Subscript(value=ast.Attribute(value=ast.Name(id="self"), attr=name))
            ) if piece.span(node).shifted(start) == error.span:
                return _only_none(piece, start, name)
            case _:
                pass
    return None


def _only_none(piece: Piece, start: int, name: str) -> Blame | None:
    for kind in (each for each in piece.tree.body if isinstance(each, ast.ClassDef)):
        places = _set(kind, name)
        values = [each.value for each in places]
        if len(values) == 1 and isinstance(values[0], ast.Constant) and values[0].value is None:
            methods = (each for each in ast.walk(kind) if isinstance(each, _FUNCTIONS))
            method = next(each.name for each in methods if places[0] in ast.walk(each))
            message = f"'self.{name}' is set to None here, and to nothing else."
            return Blame(method, piece.span(places[0]).shifted(start), message, likely=False)
    return None


def _takes_none(method: Function) -> bool:
    """Whether the first parameter of a plain method is none that is called as the object is."""
    first = next(iter((*method.args.posonlyargs, *method.args.args)), None)
    return not method.decorator_list and (first is None or first.arg not in _OWN)


def _without_return(plan: Plan, error: CodeError) -> Blame | None:
    """The one function whose call stands in the operation that has found None."""
    index = plan.document.piece_at(error.span.start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    parts = [
        part
        for node in ast.walk(piece.tree)
        if isinstance(node, _OPERATIONS) and piece.span(node).shifted(start) == error.span
        for part in ast.iter_child_nodes(node)
        if isinstance(part, ast.Call | ast.Attribute)
    ]
    names = {_called(part) for part in parts}
    asked = {part.attr for part in parts if isinstance(part, ast.Attribute)}
    found = [
        (other, each, begin)
        for other, begin in _pieces(plan)
        for each in ast.walk(other.tree)
        if isinstance(each, _FUNCTIONS)
        and each.name in names
        and is_property(each) == (each.name in asked)
    ]
    if len(found) != 1 or found[0][1].name in plan.nodes or gives(found[0][1]):
        return None
    other, function, begin = found[0]
    place = other.span(function.body[-1]).shifted(begin)
    message = f"'{function.name}' ends here without a return of a value."
    return Blame(function.name, place, message, likely=False)


def _called(asked: ast.Call | ast.Attribute) -> str:
    """The function that a call calls, or the property that is asked for."""
    match asked:
        case (
            ast.Attribute(attr=name)
            | ast.Call(func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name))
        ):
            return name
        case _:
            return ""


def is_property(function: Function) -> bool:
    """Whether a method is asked for as an attribute is."""
    return [ast.unparse(each).rpartition(".")[2] for each in function.decorator_list] in (
        ["property"],
        ["cached_property"],
    )


def gives(function: Function) -> bool:
    """Whether there is a `return` of something, a `yield`, or a decorator that may give it."""
    parts = ast.walk(function)
    is_decorated = bool(function.decorator_list) and not is_property(function)
    return is_decorated or any(
        isinstance(part, ast.Yield | ast.YieldFrom)
        or (isinstance(part, ast.Return) and part.value is not None)
        for part in parts
    )


def _pieces(plan: Plan) -> Iterator[tuple[Piece, int]]:
    yield from zip(plan.document.pieces, plan.document.starts, strict=True)


def _head(piece: Piece, method: Function) -> Span:
    """The name of a method, where it is defined."""
    span = piece.span(method)
    at = piece.text.index(method.name, piece.text.index("def", span.start))
    return Span(at, at + len(method.name))
