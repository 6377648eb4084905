"""Where a plan takes another import: below what begins it, and above what needs it."""

import ast

from codeact_lsp.plan.edits.layout import line_end
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import LINE_END, Span

_MARK = "\ufeff"


def imported(plan: Plan, lines: list[str], offset: int) -> TextEdit:
    """The edit that puts lines below the imports of a plan, its docstring or its first comment.

    Args:
        plan: The plan.
        lines: The lines.
        offset: Where what needs them begins.
    """
    head = _head(plan, offset)
    place = _below_comment(plan) if head is None else _below(plan, head)
    newline = line_end(plan.source, place)
    is_behind_import = head is not None and is_import(plan.document.pieces[head])
    is_apart = head is not None and not is_behind_import
    above = newline * (is_apart + _is_open(plan.source.text[:place]))
    below = newline if head is None else ""
    return TextEdit(
        Span(place, place), f"{above}{''.join(line + newline for line in lines)}{below}"
    )


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


def is_line_of_import(text: str) -> bool:
    """Whether a text is whole lines, and begins with an import."""
    return text.lstrip("\r\n").startswith(("import ", "from ")) and bool(LINE_END.match(text[-1:]))


def _head(plan: Plan, offset: int) -> int | None:
    """The last piece above `offset` that imports, else the docstring; None if there is neither."""
    pieces, starts = plan.document.pieces, plan.document.starts
    above = [at for at in range(len(pieces)) if starts[at] < offset]
    heads = [at for at in above if is_import(pieces[at])]
    return next(reversed(heads or [at for at in above if is_docstring(pieces[at])]), None)


def _below(plan: Plan, head: int) -> int:
    """Where the line begins that follows a piece, with what stands behind it on its last line."""
    source = plan.source
    end = plan.document.starts[head] + len(plan.document.pieces[head].code)
    line = source.line_at(end) + 1
    return source.line_starts[line] if line < len(source.line_starts) else len(source.text)


def _below_comment(plan: Plan) -> int:
    """Behind the comment that begins the file, which is about it: its interpreter, or licence."""
    source = plan.source
    lines, line = len(source.line_starts), 0
    while line < lines and source.line(line).lstrip(_MARK).startswith("#"):
        line += 1
    while 0 < line < lines and not source.line(line).strip():
        line += 1
    start = source.line_starts[line] if line < lines else len(source.text)
    return start or len(_MARK) * source.text.startswith(_MARK)


def _is_open(above: str) -> bool:
    """Whether the text above ends in the middle of a line."""
    return bool(above.lstrip(_MARK)) and not LINE_END.match(above[-1])
