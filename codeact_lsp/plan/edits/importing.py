"""Where a plan takes another import: below what begins it, and above all that may need it."""

import ast

from codeact_lsp.plan.edits.layout import line_end
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import LINE_END, Span

_MARK = "\ufeff"


def imported(plan: Plan, lines: list[str]) -> TextEdit:
    """The edit that puts lines below the docstring and the imports that begin a plan."""
    source, place = plan.source, _below(plan)
    newline = line_end(source, place)
    block = "".join(line + newline for line in lines)
    # The last line of a file may have no end.
    is_open = place and not LINE_END.match(source.text[place - 1]) and source.text[:place] != _MARK
    return TextEdit(Span(place, place), f"{newline if is_open else ''}{block}")


def is_import(piece: Piece) -> bool:
    """Whether it imports, and does nothing else."""
    body = piece.tree.body
    return bool(body) and all(isinstance(each, ast.Import | ast.ImportFrom) for each in body)


def is_docstring(piece: Piece) -> bool:
    """Whether it is nothing but a text."""
    match piece.tree.body:
        case [ast.Expr(value=ast.Constant(value=str()))]:
            return True
        case _:
            return False


def _below(plan: Plan) -> int:
    """Where the line begins that follows the imports, or whatever the file begins with."""
    document, source = plan.document, plan.source
    end = None
    for piece, start in zip(document.pieces, document.starts, strict=True):
        if is_import(piece) or is_docstring(piece):
            end = start + len(piece.code)
        elif piece.tree.body:
            break
    if end is None:
        return _below_comment(plan)
    line = source.line_at(end) + 1
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def _below_comment(plan: Plan) -> int:
    """Behind the comment that begins the file, which is about it: its interpreter, or licence."""
    source = plan.source
    line = 0
    while line < len(source.line_starts) and source.line(line).lstrip(_MARK).startswith("#"):
        line += 1
    if line < len(source.line_starts):
        return source.line_starts[line] or len(_MARK) * source.text.startswith(_MARK)
    return len(source.text)
