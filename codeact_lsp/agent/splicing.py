"""Puts what a model has written into a plan that exists: function by function, never as a whole."""

import ast
from collections.abc import Iterator

from codeact_lsp.agent.answers import AnswerError
from codeact_lsp.plan import Piece, Plan
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.function import Function, FunctionDef
from codeact_lsp.plan.source import Span

_MAY_BE_ADDED = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.ClassDef


def spliced(plan: Plan, code: str) -> str:
    """The plan's text with the functions of `code` in it; all else in it stays as it is.

    A function that the plan has takes the place of its namesake; one that it has not comes to its
    end, imports and constants that are new above its first function.

    Raises:
        AnswerError: Something in it is none of these, or would change what is no function.
    """
    written = Plan.from_text(code)
    if written.document.broken:
        issue = next(piece.issue for piece in written.document.pieces if piece.issue)
        raise AnswerError(f"The code does not parse: {issue.message}.")
    names = [function.name for function in _functions(written)]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise AnswerError(f"'{twice}' is defined twice.")
    edits = [*_replaced(plan, written), *_inserted(plan, written), *_appended(plan, written)]
    text = plan.source.text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = edit.apply(text)
    return text


def _replaced(plan: Plan, written: Plan) -> Iterator[TextEdit]:
    for function in _functions(written):
        if old := Function.named(plan, function.name):
            yield TextEdit(old.whole, _code(function))
        elif function.name in plan.names:
            message = f"'{function.name}' is no function in the plan, so it cannot be made one."
            raise AnswerError(message)


def _appended(plan: Plan, written: Plan) -> Iterator[TextEdit]:
    new = [_code(each) for each in _functions(written) if each.name not in plan.names]
    if new:
        end = len(plan.source.text.rstrip())
        text = "".join(f"\n\n\n{code}" for code in new)
        yield TextEdit(Span(end, len(plan.source.text)), f"{text.lstrip() if not end else text}\n")


def _inserted(plan: Plan, written: Plan) -> Iterator[TextEdit]:
    """What is new and no function, below the imports that are there."""
    there = {piece.code.strip() for piece in plan.document.pieces}
    new = [piece for piece in _others(written) if piece.code.strip() not in there]
    for piece in new:
        for name in piece.facts.binds & plan.names if not _is_import(piece) else ():
            raise AnswerError(f"'{name}' stands in the plan already; only functions are changed.")
    if new:
        place = _below_imports(plan)
        yield TextEdit(Span(place, place), "".join(f"{piece.code.strip()}\n" for piece in new))


def _below_imports(plan: Plan) -> int:
    """Where a line can be put behind the docstring and the imports."""
    place = 0
    for index, piece in enumerate(plan.document.pieces):
        if not (_is_import(piece) or _is_docstring(piece)):
            break
        place = plan.document.starts[index] + len(piece.code)
        place += len(piece.text[len(piece.code) :].partition("\n")[0]) + 1
    return min(place, len(plan.source.text))


def _functions(plan: Plan) -> Iterator[Function]:
    for index, piece in enumerate(plan.document.pieces):
        for part in piece.tree.body:
            if isinstance(part, FunctionDef):
                yield Function(plan, index, part)


def _others(plan: Plan) -> Iterator[Piece]:
    for piece in plan.document.pieces:
        statements = [each for each in piece.tree.body if not isinstance(each, FunctionDef)]
        if statements and not _is_docstring(piece):
            if not isinstance(
                statements[0],
                ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.ClassDef,
            ):
                raise AnswerError("Only functions, classes, imports and constants may be added.")
            yield piece


def _code(function: Function) -> str:
    span = function.whole
    return function.plan.source.text[span.start : span.end]


def _is_import(piece: Piece) -> bool:
    body = piece.tree.body
    return bool(body) and all(isinstance(each, ast.Import | ast.ImportFrom) for each in body)


def _is_docstring(piece: Piece) -> bool:
    match piece.tree.body:
        case [ast.Expr(value=ast.Constant(value=str()))]:
            return True
        case _:
            return False
