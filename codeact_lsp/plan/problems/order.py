"""What Python forbids by the order of statements, and no statement shows on its own."""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.syntax import BYTE_ORDER_MARK, parse

_NOT_LINE_END = re.compile(r"[^\r\n]")


def problems(plan: Plan) -> Iterator[Problem]:
    """Late imports from `__future__`, and module-level `global` of a name that is in use."""
    yield from _late_futures(plan)
    yield from _late_global(plan)


def _late_futures(plan: Plan) -> Iterator[Problem]:
    document = plan.document
    places = document.pieces_with("__future__")
    head = _head(plan) if places else 0
    for index in places:
        if index >= head:
            for statement in document.pieces[index].tree.body:
                if _is_future(statement):
                    yield Problem(
                        "syntax",
                        "SyntaxError: from __future__ imports must occur at the beginning of the "
                        "file",
                        document.pieces[index].span(statement).shifted(document.starts[index]),
                    )


def _head(plan: Plan) -> int:
    """How many pieces hold nothing but the docstring and imports from `__future__`."""
    statements = 0
    for index, piece in enumerate(plan.document.pieces):
        for statement in piece.tree.body:
            is_docstring = statements == 0 and _is_text(statement)
            if not is_docstring and not _is_future(statement):
                return index
            statements += 1
    return len(plan.document.pieces)


def _is_text(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case _:
            return False


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _late_global(plan: Plan) -> Iterator[Problem]:
    pieces = plan.document.pieces
    if not any(_declares(pieces[index].tree) for index in plan.document.pieces_with("global")):
        return
    # Rare enough to ask Python itself about the whole; what does not parse is left out.
    mark = plan.source.text.startswith(BYTE_ORDER_MARK)
    texts = [_NOT_LINE_END.sub(" ", piece.text) if piece.issue else piece.text for piece in pieces]
    issue = parse("".join(texts)[mark:])[1]
    if issue and "global declaration" in issue.message:
        yield Problem("syntax", f"SyntaxError: {issue.message}", issue.span.shifted(int(mark)))


def _declares(tree: ast.Module) -> bool:
    return any(isinstance(statement, ast.Global) for statement in tree.body)
