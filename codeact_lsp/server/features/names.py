"""Which node the caret is on: by its name, by a parameter, or in a docstring section."""

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.plan import Definition


def node_name_at(plan: Plan, offset: int) -> tuple[str, Span] | None:
    """The node that is named at `offset`, and the place of that name."""
    definition = plan.node_at(offset)
    if definition is None:
        return None
    for name, span in _names(definition):
        if name in plan.nodes and offset in definition.span(span):
            return name, definition.span(span)
    return _in_body(plan, definition, offset)


def _names(definition: Definition) -> list[tuple[str, Span]]:
    node = definition.node
    waits = [wait.after for wait in node.directives.waits if wait.after]
    return [
        (node.name, node.name_span),
        *((parameter.name, parameter.span) for parameter in node.parameters),
        *((reference.name, reference.span) for reference in node.directives.after),
        *((reference.name, reference.span) for reference in waits),
    ]


def _in_body(plan: Plan, definition: Definition, offset: int) -> tuple[str, Span] | None:
    """A use of one of the node's parameters."""
    word = word_at(plan.source.text, offset)
    if word is None:
        return None
    name = plan.source.text[word.start : word.end]
    taken = {parameter.name for parameter in definition.node.parameters}
    attribute = plan.source.text[word.start - 1 : word.start] == "."
    return (name, word) if name in taken & plan.nodes.keys() and not attribute else None


def word_at(text: str, offset: int) -> Span | None:
    """The identifier at `offset`, if the caret touches one."""
    start = end = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return Span(start, end) if end > start and not text[start].isdigit() else None
