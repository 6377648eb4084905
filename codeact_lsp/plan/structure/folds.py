"""What of a piece can be folded away: definitions, docstrings and their blocks, comments, code.

An editor that asks us for folds asks nobody else: it would lose those of loops and tables if only
those of nodes were told.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.plan.docstrings.doclines import read_lines
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.source import Encoding, Span
from codeact_lsp.plan.structure.latest import latest
from codeact_lsp.plan.structure.outline import outline

_TO_COLON = re.compile(r"(?:[^:#]|#[^\r\n]*)*:?")
_FOLDED_EXPRESSIONS = (
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Call, ast.Subscript, ast.Constant),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.JoinedStr),
)
_DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# In the order of the text. What is in `handlers` and `cases` has blocks of its own.
_BLOCKS = ("body", "cases", "handlers", "orelse", "finalbody")
_Member = ast.stmt | ast.excepthandler | ast.match_case
_SHOWN = 80


class Kind(Enum):
    """What is folded, the most telling first: where a client shows few, it is shown these."""

    NODE = "node"
    IMPORTS = "imports"
    HELPERS = "helpers"
    DEFINITION = "definition"
    DOCSTRING = "docstring"
    SECTION = "section"
    COMMENT = "comment"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch of several lines that can be shown as its first, relative to the piece.

    Attributes:
        summary: What to show in place of what is folded away; empty for the editor's own sign.
    """

    span: Span
    kind: Kind
    summary: str = ""


@latest
def folds(piece: Piece) -> tuple[Fold, ...]:
    """The folds of a piece, in order; of those that begin on one line only the longest."""
    found: dict[int, Fold] = {}
    for fold in _all(piece):
        first = piece.source.position(fold.span.start, Encoding.CODE_POINTS).line
        last = piece.source.position(fold.span.end, Encoding.CODE_POINTS).line
        known = found.get(first)
        if first < last and (known is None or known.span.end < fold.span.end):
            found[first] = fold
    return tuple(fold for _, fold in sorted(found.items()))


def _all(piece: Piece) -> Iterator[Fold]:
    if piece.issue is not None:
        yield from (Fold(entry.span, Kind.DEFINITION) for entry in outline(piece))
        return
    parts = list(_long_parts(piece.tree))
    yield from _of_nodes(piece)
    for part in parts:
        if isinstance(part, _DOCUMENTED):
            yield from _of_docstring(piece, part)
        if isinstance(part, _FOLDED_EXPRESSIONS):
            yield Fold(_up_to_bracket(piece, part), Kind.CODE)
        yield from _of_blocks(piece, part)
    yield from _of_comments(piece, parts)


def _long_parts(tree: ast.Module) -> Iterator[ast.AST]:
    """The parts of a tree that go over several lines, each before what is in it."""
    pending: list[ast.AST] = [tree]
    while pending:
        part = pending.pop()
        first, last = getattr(part, "lineno", None), getattr(part, "end_lineno", None)
        if first is None or first != last:
            yield part
            pending += ast.iter_child_nodes(part)


def _of_nodes(piece: Piece) -> Iterator[Fold]:
    for node in piece.nodes:
        span = Span(_after_colon(piece, node.header.end), node.span.end)
        yield Fold(span, Kind.NODE, _summary(node))


def _summary(node: Node) -> str:
    """`orders, previous → growth · Timeout: 30 s`."""
    takes = ", ".join(parameter.name for parameter in node.parameters)
    sections = (f"{section.name}: {section.value}" for section in node.sections)
    text = " · ".join((f"{takes} → {node.name}".lstrip(), *sections))
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _of_docstring(
    piece: Piece, part: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
) -> Iterator[Fold]:
    match part.body:
        case [ast.Expr(value=ast.Constant(value=str(value)) as literal), *_]:
            span = piece.span(literal)
            yield Fold(span, Kind.DOCSTRING, value.strip().split("\n", 1)[0].strip())
            yield from _of_sections(piece, span, value)
        case _:
            pass


def _of_sections(piece: Piece, literal: Span, value: str) -> Iterator[Fold]:
    """Blocks such as `Args:`: a line with a colon at its end, and the deeper ones behind it."""
    start = end = None
    for line in read_lines(piece.text, literal, value):
        if not line.text:
            continue
        if line.at_margin:
            if start is not None and end is not None:
                yield Fold(Span(start, end), Kind.SECTION)
            start, end = (line.start if line.text.endswith(":") else None), None
        elif line.start is not None:
            end = line.start + len(line.text)
    if start is not None and end is not None:
        yield Fold(Span(start, end), Kind.SECTION)


def _of_blocks(piece: Piece, part: ast.AST) -> Iterator[Fold]:
    """The body of a definition, a loop, a condition …, and each further branch of it."""
    blocks = list(_blocks(part))
    if not blocks or isinstance(part, ast.Module):
        return
    kind = Kind.DEFINITION if isinstance(part, _DOCUMENTED) else Kind.CODE
    end = _header_end(piece, part)
    for name, members in blocks:
        start, end = _after_colon(piece, end), _end(piece, members[-1])
        if name != "handlers" and not _is_elif(piece, name, members):
            yield Fold(Span(start, end), kind)


def _blocks(part: ast.AST) -> Iterator[tuple[str, list[_Member]]]:
    for name in _BLOCKS:
        members = getattr(part, name, None)
        if isinstance(members, list) and members:  # The body of a lambda is an expression.
            yield name, members


def _after_colon(piece: Piece, start: int) -> int:
    colon = _TO_COLON.match(piece.text, start)
    return colon.end() if colon else start


def _header_end(piece: Piece, part: ast.AST) -> int:
    """The end of the last expression before a statement's colon; its start if there is none."""
    placed: list[ast.expr | ast.arg | ast.keyword] = []
    pending = [value for name, value in ast.iter_fields(part) if name not in _BLOCKS]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif hasattr(value, "end_lineno"):
            placed.append(value)
        elif isinstance(value, ast.AST):
            pending += ast.iter_child_nodes(value)
    if placed:
        return piece.span(max(placed, key=lambda one: (one.end_lineno, one.end_col_offset))).end
    return piece.span(part).start if isinstance(part, ast.stmt | ast.excepthandler) else 0


def _end(piece: Piece, member: _Member) -> int:
    """The end of a statement, or of a `case`, which only its body knows."""
    while isinstance(member, ast.match_case):
        member = member.body[-1]
    return piece.span(member).end


def _is_elif(piece: Piece, block: str, members: Sequence[_Member]) -> bool:
    first = members[0]
    return (
        block == "orelse"
        and isinstance(first, ast.If)
        and piece.text.startswith("elif", piece.span(first).start)
    )


def _up_to_bracket(piece: Piece, part: ast.expr) -> Span:
    """An expression without a closing bracket that begins its line, so that it stays in sight."""
    span = piece.span(part)
    before = piece.text[span.start : span.end - 1]
    closed = piece.text[span.end - 1 : span.end] in {")", "]", "}"}
    if closed and before.rstrip(" \t\f").endswith(("\n", "\r")):
        return Span(span.start, span.start + len(before.rstrip()))
    return span


def _of_comments(piece: Piece, parts: Sequence[ast.AST]) -> Iterator[Fold]:
    """Lines of nothing but comment, one below the other."""
    if "#" not in piece.text:
        return
    quoted = _quoted_lines(parts)
    run: list[int] = []
    for number in range(len(piece.source.line_starts) + 1):
        line = piece.source.line(number).lstrip()
        if line.startswith("#") and number not in quoted:
            run.append(number)
        elif run:
            yield Fold(piece.source.span_of_lines(run[0], run[-1]), Kind.COMMENT)
            run = []


def _quoted_lines(parts: Sequence[ast.AST]) -> set[int]:
    """The lines that begin inside a string."""
    strings = (part for part in parts if isinstance(part, ast.Constant | ast.JoinedStr))
    return {
        line
        for string in strings
        for line in range(string.lineno, string.end_lineno or string.lineno)
    }
