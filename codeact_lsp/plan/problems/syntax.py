"""A piece that Python cannot compile, in the interpreter's own words and place."""

import re
from collections.abc import Iterator

from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.source import Encoding

_LINE = re.compile(r"\b((?:at|on) line )(\d+)")


def problems(plan: Plan) -> Iterator[Problem]:
    """One problem for each piece that does not compile."""
    document = plan.document
    for index in document.broken:
        piece, start = document.pieces[index], document.starts[index]
        if piece.issue:
            above = plan.source.position(start, Encoding.CODE_POINTS).line
            message = f"SyntaxError: {_shifted(piece.issue.message, above)}"
            yield Problem("syntax", message, piece.issue.span.shifted(start))


def _shifted(message: str, lines: int) -> str:
    """The interpreter's message, which counts the lines of the piece, for the whole text."""
    return _LINE.sub(lambda match: f"{match[1]}{int(match[2]) + lines}", message)
