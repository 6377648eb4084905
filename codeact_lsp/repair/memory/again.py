"""Makes a change once more: the edits that an answer comes to in a plan whose code is alike."""

import ast
import json
from collections.abc import Iterator, Sequence
from textwrap import indent
from typing import Any

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.memory import imports
from codeact_lsp.repair.memory.layout import kept
from codeact_lsp.repair.memory.places import rewritten
from codeact_lsp.repair.memory.steps import Way, part_at
from codeact_lsp.repair.memory.wording import UnknownError, Wording
from codeact_lsp.repair.scene import Scene


def edits(change: str, scene: Scene, wording: Wording) -> list[TextEdit]:
    """The edits of an answer; none where it does not fit.

    Args:
        change: The answer's change.
        scene: The piece to be changed.
        wording: How that is worded.
    """
    try:
        told = json.loads(change)
        made = [edit for step in told["steps"] for edit in _of_step(step, scene, wording)]
        exchange = imports.Exchange(
            *(tuple(imports.Imported(*each) for each in told[key]) for key in ("gone", "come"))
        )
    except (UnknownError, ValueError, LookupError, TypeError, AttributeError):
        return []
    others = imports.edits(exchange, scene)
    return [] if others is None else [*made, *others]


def _of_step(step: Sequence[Any], scene: Scene, wording: Wording) -> Iterator[TextEdit]:
    way: Way = tuple((str(field), int(at)) for field, at in step[0])
    gone, come = int(step[1]), [wording.read(text) for text in step[2]]
    part = part_at(scene.piece.tree, way)
    if isinstance(part, ast.expr) and isinstance(come[0], ast.Expr):
        yield _expression(scene, part, ast.unparse(come[0].value))
        return
    body = getattr(part_at(scene.piece.tree, way[:-1]) or scene.piece.tree, way[-1][0])
    yield _statements(scene, body, way[-1][1], gone, come)


def _expression(scene: Scene, part: ast.expr, text: str) -> TextEdit:
    edit = rewritten(scene, part, text)
    if edit is None:
        raise UnknownError(text)
    return edit


def _statements(
    scene: Scene, body: Sequence[ast.stmt], at: int, gone: int, come: Sequence[ast.stmt]
) -> TextEdit:
    """Statements in the place of others, before one, or behind the last one."""
    around = scene.plan.source.text
    margin = _margin(scene, body[0])
    lines = [indent(ast.unparse(each), margin) for each in come]
    text = _newline(around).join(lines).replace("\n", _newline(around))
    if gone == 1 and len(come) == 1:
        span = _span(scene, body[at])
        return TextEdit(span, kept(around[span.start : span.end], text.lstrip()))
    if at < len(body) and gone == 0:
        start = _span(scene, body[at]).start
        return TextEdit(Span(start, start), f"{text.lstrip()}{_newline(around)}{margin}")
    if at >= len(body):
        end = _span(scene, body[-1]).end
        return TextEdit(Span(end, end), f"{_newline(around)}{text}")
    return _without(scene, body, at, gone, text.lstrip())


def _without(scene: Scene, body: Sequence[ast.stmt], at: int, gone: int, text: str) -> TextEdit:
    """Something else, or nothing, for some statements."""
    first, last = _span(scene, body[at]), _span(scene, body[at + gone - 1])
    if text:
        return TextEdit(Span(first.start, last.end), text)
    if at + gone < len(body):
        return TextEdit(Span(first.start, _span(scene, body[at + gone]).start), "")
    return TextEdit(Span(_span(scene, body[at - 1]).end, last.end), "")


def _span(scene: Scene, statement: ast.stmt) -> Span:
    """Where a statement stands, with its decorators."""
    span = scene.span(statement)
    decorators = getattr(statement, "decorator_list", ())
    if not decorators:
        return span
    start = scene.span(decorators[0]).start
    return Span(scene.plan.source.text.rindex("@", 0, start), span.end)


def _margin(scene: Scene, statement: ast.stmt) -> str:
    """How far in a block is; one that shares a line with its head is left alone."""
    start = _span(scene, statement).start
    before = scene.plan.source.text[:start].rpartition("\n")[2]
    if before.strip():
        raise UnknownError(before)
    return before


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
