"""Puts what a model has written into a plan that exists: function by function, never as a whole."""

import ast
from collections.abc import Iterator

from codeact_lsp.agent.answers import AnswerError
from codeact_lsp.plan import Piece, Plan
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.function import Function, FunctionDef
from codeact_lsp.plan.edits.importing import imported, is_docstring, is_import
from codeact_lsp.plan.edits.layout import line_end
from codeact_lsp.plan.source import LINE_END, Span

_MAY_BE_ADDED = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.ClassDef
# Ends of lines between the last function and one that is put behind it.
_GAP = 3


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
    edits = [*_replaced(plan, written), *_appended(plan, written), *_inserted(plan, written)]
    text = plan.source.text
    # Of two in one place the later one comes first: imports above functions.
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = edit.apply(text)
    return text


def _replaced(plan: Plan, written: Plan) -> Iterator[TextEdit]:
    for function in _functions(written):
        if old := Function.named(plan, function.name):
            yield TextEdit(old.whole, _code(function, plan))
        elif function.name in plan.names:
            message = f"'{function.name}' is no function in the plan, so it cannot be made one."
            raise AnswerError(message)


def _appended(plan: Plan, written: Plan) -> Iterator[TextEdit]:
    """What is new behind all that is there; not a blank of that is taken away."""
    new = [_code(each, plan) for each in _functions(written) if each.name not in plan.names]
    if not new:
        return
    text, newline = plan.source.text, line_end(plan.source, 0)
    code = text.rstrip()
    blank = len(LINE_END.findall(text[len(code) :]))
    gap = newline * max(_GAP - blank, 0) if code.lstrip("\ufeff") else ""
    block = (newline * _GAP).join(new)
    yield TextEdit(Span(len(text), len(text)), f"{gap}{block}{newline}")


def _inserted(plan: Plan, written: Plan) -> Iterator[TextEdit]:
    """What is new and no function, below the imports that are there."""
    there = {piece.code.strip() for piece in plan.document.pieces}
    new = [piece for piece in _others(written) if piece.code.strip() not in there]
    for piece in new:
        for name in piece.facts.binds & plan.names if not is_import(piece) else ():
            raise AnswerError(f"'{name}' stands in the plan already; only functions are changed.")
    if new:
        lines = [_in_lines_of(plan, piece.code.strip()) for piece in new]
        yield imported(plan, lines, _first_of_others(plan))


def _first_of_others(plan: Plan) -> int:
    """Where the first statement begins that does more than import."""
    pieces = zip(plan.document.pieces, plan.document.starts, strict=True)
    others = (
        start
        for piece, start in pieces
        if piece.tree.body and not is_import(piece) and not is_docstring(piece)
    )
    return next(others, len(plan.source.text))


def _functions(plan: Plan) -> Iterator[Function]:
    for index, piece in enumerate(plan.document.pieces):
        for part in piece.tree.body:
            if isinstance(part, FunctionDef):
                yield Function(plan, index, part)


def _others(plan: Plan) -> Iterator[Piece]:
    for piece in plan.document.pieces:
        statements = [each for each in piece.tree.body if not isinstance(each, FunctionDef)]
        if statements and not is_docstring(piece):
            if not isinstance(statements[0], _MAY_BE_ADDED):
                raise AnswerError("Only functions, classes, imports and constants may be added.")
            yield piece


def _code(function: Function, plan: Plan) -> str:
    """A function that was written, as it stands in the plan."""
    span = function.whole
    return _in_lines_of(plan, function.plan.source.text[span.start : span.end])


def _in_lines_of(plan: Plan, code: str) -> str:
    """Code with the line ends that the plan has."""
    return line_end(plan.source, 0).join(LINE_END.split(code))
