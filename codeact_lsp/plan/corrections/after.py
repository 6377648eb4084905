"""Write a node's name into the `After` section of another."""

import re

from codeact_lsp.plan.edits.function import Function, has_docstring
from codeact_lsp.plan.edits.layout import indentation, is_on_header_line, line_end
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.source import Span

_DOCSTRING = re.compile(r"[rR]?(\"\"\"|''')([\s\S]*)\1")
_SECTION = re.compile(r"[ \t]*[A-Z][a-z]+:[ \t]+\S")


def run_after(function: Function, node: Node, name: str) -> TextEdit | None:
    """The edit that has `function`, whose node is `node`, run after node `name`.

    None where the docstring is written in a way that leaves no place for a section.
    """
    if node.directives.after:
        end = node.directives.after[-1].span.end + function.start
        return TextEdit(Span(end, end), f", {name}")
    if is_on_header_line(function) or not _is_plain(function):
        return None
    line = f"After: {name}"
    if has_docstring(function.tree):
        return _into_docstring(function, line)
    start = function.span(function.tree.body[0]).start
    newline = line_end(function.plan.source, start)
    return TextEdit(Span(start, start), f'"""{line}"""{newline}{indentation(function)}')


def _is_plain(function: Function) -> bool:
    """Whether the body begins where its first statement does: decorators stand above theirs."""
    return not getattr(function.tree.body[0], "decorator_list", None)


def _into_docstring(function: Function, line: str) -> TextEdit | None:
    span = function.span(function.tree.body[0])
    literal = function.plan.source.text[span.start : span.end]
    match = _DOCSTRING.fullmatch(literal)
    if match is None:
        return None
    newline = line_end(function.plan.source, span.start)
    margin = newline + indentation(function)
    written = match[2].rstrip()
    place = Span(*match.span(2)).shifted(span.start)
    place = Span(place.start + len(written), place.end)
    blank = match[2][len(written) :]
    end = blank if "\n" in blank or "\r" in blank else margin
    if not written:
        return TextEdit(place, line)
    last = re.split(r"[\r\n]", written)[-1]
    gap = "" if _SECTION.match(last) else newline
    return TextEdit(place, f"{gap}{margin}{line}{end}")
