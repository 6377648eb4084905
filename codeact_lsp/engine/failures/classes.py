"""The classes of a plan: which fields they have, and what those were declared to be."""

import ast
from collections.abc import Iterator, Mapping

from codeact_lsp.plan import Plan


def fields(plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """Of each class that a plan defines the fields that it declares, in order, with their types."""
    return {top.name: dict(_declared(top)) for top in _classes(plan)}


def having(plan: Plan, field: str) -> frozenset[str]:
    """The classes of a plan whose objects have such a field, declared or set by a method."""
    return frozenset(top.name for top in _classes(plan) if field in _set(top))


def _set(made: ast.ClassDef) -> Iterator[str]:
    yield from (name for name, _ in _declared(made))
    for part in ast.walk(made):
        match part:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
            case _:
                pass


def _classes(plan: Plan) -> Iterator[ast.ClassDef]:
    for piece in plan.document.pieces:
        yield from (top for top in piece.tree.body if isinstance(top, ast.ClassDef))


def takes(plan: Plan, kind: str) -> list[str]:
    """What a class that writes its own `__init__` is called with, in order; else nothing."""
    for top in _classes(plan):
        for part in top.body if top.name == kind else ():
            if isinstance(part, ast.FunctionDef) and part.name == "__init__":
                return [each.arg for each in (*part.args.posonlyargs, *part.args.args)][1:]
    return []


def _declared(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for part in made.body:
        match part:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                yield name, ast.unparse(kind)
            case _:
                pass
