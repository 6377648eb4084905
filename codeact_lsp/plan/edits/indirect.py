"""Where code names something of the plan as data, which a renaming cannot follow."""

import ast
from collections.abc import Collection, Iterator

from codeact_lsp.plan.names.occurrences import Kind, Subject, pieces_with, takes
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span


def indirect_uses(plan: Plan, subject: Subject) -> Iterator[Span]:
    """Places of the name in `__all__`, and of arguments that a node is given by way of another.

    That is as a keyword of a call that the node itself is handed to, as `partial` is, or in a
    dictionary that a call of the node unpacks.
    """
    name = subject.name
    takers = {taker for taker, node in plan.table.nodes.items() if takes(node, name)}
    for piece, start in pieces_with(plan, name):
        for part in ast.walk(piece.tree):
            if place := _exported(part, subject) or _handed_on(part, name, takers):
                yield piece.span(place).shifted(start)


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
