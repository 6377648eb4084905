"""A piece that Python cannot compile, in the interpreter's own words and place."""

import re
import sys
from collections.abc import Iterator

from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Encoding

_OURS = sys.version_info[:2]
_NEWER = (3, 12)
# Parameters of types, as they begin.
_OF_NEWER = re.compile(r"(?:(?:async[ \t]+)?def|class)[ \t]+\w+[ \t]*\[|type[ \t]+\w+[^\r\n]*=")
_LINE = re.compile(r"\b((?:at|on) line )(\d+)")


def problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each piece that does not compile."""
    document = plan.document
    for index in document.broken:
        piece, start = document.pieces[index], document.starts[index]
        if piece.issue:
            above = plan.source.position(start, Encoding.CODE_POINTS).line
            message = f"SyntaxError: {_shifted(piece.issue.message, above)}"
            if more := newer(piece):
                message += f"{'' if message.endswith('?') else '.'} {more}"
            yield Problem("syntax", message, piece.issue.span.shifted(start))


def newer(piece: Piece, ours: tuple[int, int] = _OURS) -> str:
    """What to add where a piece may be right in a newer Python than the one that reads it.

    Args:
        piece: A piece that does not compile.
        ours: The version of the Python that reads it.
    """
    is_text = piece.issue is not None and piece.issue.message.startswith("f-string")
    if ours >= _NEWER or not (is_text or _OF_NEWER.match(piece.text)):
        return ""
    version, since = (".".join(map(str, each)) for each in (ours, _NEWER))
    return f"Python {since} accepts more here; codeact reads plans with its own, {version}."


def _shifted(message: str, lines: int) -> str:
    """The interpreter's message, which counts the lines of the piece, for the whole text."""
    return _LINE.sub(lambda match: f"{match[1]}{int(match[2]) + lines}", message)
