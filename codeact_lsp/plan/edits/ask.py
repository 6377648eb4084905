"""Ask for a right: add an item to a node's `Needs:`, in the docstring that it has or gets."""

import re
from collections.abc import Iterator

from codeact_lsp.plan.docstrings.directives import Directives, Section
from codeact_lsp.plan.docstrings.needs import Need, read_need
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import indentation, is_on_header_line, line_end
from codeact_lsp.plan.edits.naming import words
from codeact_lsp.plan.edits.text import TextEdit, minimal
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import LINE_END, Span

_LITERAL = re.compile(
    r"""(?P<prefix>[A-Za-z]*)(?P<quotes>\"{3}|'{3}|"|')(?P<text>(?:\\.|(?!(?P=quotes)).)*)(?P=quotes)""",
    re.DOTALL,
)


def ask(plan: Plan, node: str, need: Need) -> TextEdit | None:
    """The edit after which a node asks for a right.

    None if there is no way to write it there, such as in a docstring that is put together of parts.
    """
    function = Function.of(plan, plan.nodes[node])
    edits = (*_in_section(plan, node, need), *_in_docstring(function, node, need))
    return next(
        (edit for edit in edits if _asks(plan.edited(edit.span, edit.new), node, need)), None
    )


def _in_section(plan: Plan, node: str, need: Need) -> Iterator[TextEdit]:
    """Behind the last item of a section that there is."""
    definition = plan.nodes[node]
    for section in reversed(definition.node.sections):
        if section.name == "Needs" and section.exact:
            end = definition.span(section.value_span).end
            yield TextEdit(Span(end, end), f", {need}")


def _in_docstring(function: Function, node: str, need: Need) -> Iterator[TextEdit]:
    """On a line of its own at the end of the docstring, or in a new one."""
    plan, definition = function.plan, function.plan.nodes[node]
    indent, newline = indentation(function), line_end(plan.source, function.whole.start)
    lines = (f"{indent}Needs: {need}", indent)
    if definition.node.doc_span is None:
        start = function.span(function.tree.body[0]).start
        behind = "; " if is_on_header_line(function) else newline + indent
        doc = newline.join((f'"""{words(node)}', "", *lines))
        yield TextEdit(Span(start, start), f'{doc}"""{behind}')
        return
    span = definition.span(definition.node.doc_span)
    literal = plan.source.text[span.start : span.end]
    if match := _LITERAL.fullmatch(literal):
        text, quotes = match["text"].rstrip(), match["quotes"]
        above = [] if _ends_in_section(text, definition.node.sections) else [""]
        longer = quotes if len(quotes) > 1 else quotes * 3
        doc = newline.join((f"{match['prefix']}{longer}{text}", *above, *lines))
        yield minimal(literal, f"{doc}{longer}", span.start)


def _ends_in_section(text: str, sections: tuple[Section, ...]) -> bool:
    last = LINE_END.split(text)[-1].strip()
    return any(last == f"{section.name}: {section.value}" for section in sections)


def _asks(plan: Plan, node: str, need: Need) -> bool:
    """Whether the edit did what it was made for."""
    definition = plan.nodes.get(node)
    directives = definition.node.directives if definition else Directives()
    return not directives.malformed and any(read_need(item) == need for item in directives.needs)
