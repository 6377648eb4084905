"""Names in annotations that are written as texts: whoever resolves these looks the names up.

That is what makes a date of an input, and what libraries do with the fields of a class.
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.syntax import parse_draft

_Expressions = list[ast.expr | None]
# The fields of a statement that hold statements, or what holds them.
_BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")


def quoted_names(tree: ast.Module) -> Iterator[str]:
    """The names in the quoted annotations of functions, fields and variables, in any scope."""
    pending: list[ast.AST] = [tree]
    while pending:
        statement = pending.pop()
        for annotation in _annotations(statement):
            # Nearly all are names, or there are none.
            if annotation is not None and type(annotation) is not ast.Name:
                yield from _quoted(annotation)
        for block in _BLOCKS:
            pending += getattr(statement, block, ())


def _annotations(statement: ast.AST) -> _Expressions:
    match statement:
        case (
            ast.FunctionDef(args=takes, returns=gives)
            | ast.AsyncFunctionDef(args=takes, returns=gives)
        ):
            named = [*takes.posonlyargs, *takes.args, *takes.kwonlyargs]
            every = [*named, *filter(None, (takes.vararg, takes.kwarg))]
            return [*(argument.annotation for argument in every), gives]
        case ast.AnnAssign(annotation=annotation):
            return [annotation]
        case _:
            return []


def _quoted(annotation: ast.expr) -> Iterator[str]:
    """The names in the texts of an annotation, those of `Literal` left out."""
    pending: list[tuple[ast.AST, bool]] = [(annotation, False)]
    while pending:
        part, is_quoted = pending.pop()
        match part:
            case ast.Name(id=name):
                if is_quoted:
                    yield name
            case ast.Constant(value=str(text)):
                pending.append((parse_draft(f"({text}\n)")[0], True))
            case ast.Subscript(value=kind) if _is_literal(kind):
                pending.append((kind, is_quoted))
            case _:
                pending += ((child, is_quoted) for child in ast.iter_child_nodes(part))


def _is_literal(kind: ast.expr) -> bool:
    return getattr(kind, "attr", getattr(kind, "id", "")) == "Literal"
