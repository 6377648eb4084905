"""Where code names something of the plan as data, which a renaming cannot follow."""

import ast
from collections.abc import Collection, Iterator

from codeact_lsp.plan.names.occurrences import Kind, Subject, pieces_with, takes
from codeact_lsp.plan.names.queries import queried
from codeact_lsp.plan.names.scopes import MODULE
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span


def indirect_uses(plan: Plan, subject: Subject) -> Iterator[Span]:
    """Places of the name in `__all__`, in queries, and of arguments given by way of another.

    The latter are keywords of a call that the node itself is handed to, as `partial` is, and keys
    of a dictionary that a call of the node unpacks.
    """
    name = subject.name
    takers = {taker for taker, node in plan.table.nodes.items() if takes(node, name)}
    for piece, start in pieces_with(plan, name):
        for part in ast.walk(piece.tree):
            if place := _exported(part, subject) or _handed_on(part, name, takers):
                yield piece.span(place).shifted(start)
        for function in _meaning(piece, subject):
            yield from (
                piece.span(text).shifted(start) for one, text in queried(function) if one == name
            )


def _meaning(piece: Piece, subject: Subject) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of the piece in which a query would find the subject by its name."""
    functions = [
        part for part in piece.tree.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    if subject.kind is Kind.HELPER:
        is_hidden = any(one.binder != MODULE for one in piece.scopes.named(subject.name))
        return [] if is_hidden else functions
    takers = {node.name for node in piece.nodes if takes(node, subject.name)}
    return [function for function in functions if function.name in takers]


def _exported(part: ast.AST, subject: Subject) -> ast.expr | None:
    if subject.kind is Kind.INPUT:
        return None
    match part:
        case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
            return _constant(ast.walk(value), subject.name)
        case ast.AugAssign(target=ast.Name(id="__all__"), value=value):
            return _constant(ast.walk(value), subject.name)
        case _:
            return None


def _handed_on(part: ast.AST, name: str, takers: Collection[str]) -> ast.expr | ast.keyword | None:
    match part:
        case ast.Call(func=ast.Name(id=called), keywords=keywords) if called in takers:
            unpacked = (keyword.value for keyword in keywords if keyword.arg is None)
            keys = (key for each in unpacked if isinstance(each, ast.Dict) for key in each.keys)
            return _constant(keys, name)
        case ast.Call(args=given, keywords=keywords):
            if any(isinstance(each, ast.Name) and each.id in takers for each in given):
                return next((keyword for keyword in keywords if keyword.arg == name), None)
            return None
        case _:
            return None


def _constant(parts: "Iterator[ast.AST] | Iterator[ast.expr | None]", name: str) -> ast.expr | None:
    return next(
        (part for part in parts if isinstance(part, ast.Constant) and part.value == name), None
    )
