"""A block that has fallen out of the function above it, by its indentation.

Answers NameError and UnboundLocalError, of what only that function is given.

    def visit(x): seen.add(x)             ->  def visit(x):
    for step in steps: visit(x + step)            for step in steps: visit(x + step)
"""

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.writing import together


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The block one step further in."""
    name, within = missing(scene), list(scene.around(scene.first, ast.stmt))
    for statement, outer in pairwise(within):
        body = outer.body if isinstance(outer, FUNCTIONS) else []
        if statement in body:
            before = body[body.index(statement) - 1] if body.index(statement) else None
            is_text = any(_has_lines(node) for node in ast.walk(statement))
            if isinstance(before, FUNCTIONS) and name in _given(before) and not is_text:
                margin = before.body[0].col_offset - before.col_offset
                title = f"Take the block into '{before.name}'"
                yield Candidate(title, _further_in(scene, statement, margin), LIKELY)


def _given(function: ast.AST) -> Sequence[str]:
    return [node.arg for node in ast.walk(function) if isinstance(node, ast.arg)]


def _has_lines(node: ast.AST) -> bool:
    """Whether it is a text of several lines, which would become another one."""
    return isinstance(node, ast.Constant | ast.JoinedStr) and node.lineno != node.end_lineno


def _further_in(scene: Scene, statement: ast.stmt, margin: int) -> TextEdit:
    """The lines of a statement with so much more before them."""
    span, text = scene.span(statement), scene.text(statement)
    starts = [0, *(match.end() for match in re.finditer(r"\n(?=[^\n])", text))]
    edits = (TextEdit(Span(span.start + at, span.start + at), " " * margin) for at in starts)
    return together(scene, *edits)


RULE = rule("fallen-out", "NameError UnboundLocalError", candidates)
