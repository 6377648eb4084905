"""The classes of a plan: which fields they have, and what those were declared to be."""

import ast
from collections.abc import Iterator, Mapping

from codeact_lsp.plan import Plan


def fields(plan: Plan) -> Mapping[str, Mapping[str, str]]:
    """Of each class that a plan defines the fields that it declares, in order, with their types."""
    return {top.name: dict(_declared(top)) for top in _classes(plan)}


def _classes(plan: Plan) -> Iterator[ast.ClassDef]:
    for piece in plan.document.pieces:
        yield from (top for top in piece.tree.body if isinstance(top, ast.ClassDef))


def _declared(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for part in made.body:
        match part:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                yield name, ast.unparse(kind)
            case _:
                pass
