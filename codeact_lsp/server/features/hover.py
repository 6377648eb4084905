"""What the caret is on: a failing expression, a node, an input, or a docstring section."""

from collections.abc import Iterable

from lsprotocol import types as lsp

from codeact_lsp.plan import Plan, Span, relocate
from codeact_lsp.plan.names.occurrences import Kind, subject_at
from codeact_lsp.server.board import Seen
from codeact_lsp.server.features.cards import failure_card, input_card, node_card, section_card
from codeact_lsp.server.features.diagnostics import failing_place
from codeact_lsp.server.markup import Block, markup
from codeact_lsp.server.snapshot import Snapshot


def hover(snapshot: Snapshot, params: lsp.HoverParams) -> lsp.Hover | None:
    """The hover at a position, or None."""
    offset = snapshot.offset(params.position)
    found = _failure(snapshot, offset) or _named(snapshot, offset) or _section(snapshot, offset)
    if found is None:
        return None
    blocks, place = found
    contents = markup(blocks, _preferred(snapshot.client.capabilities))
    return lsp.Hover(contents=contents, range=snapshot.range(place))


_Found = tuple[Iterable[Block], Span]


def _failure(snapshot: Snapshot, offset: int) -> _Found | None:
    found = _failure_at(snapshot, offset)
    if found is None:
        return None
    blocks = list(failure_card(found[0], is_told=snapshot.client.hovers_diagnostics))
    return (blocks, found[1]) if blocks else None


def _failure_at(snapshot: Snapshot, offset: int) -> tuple[Seen, Span] | None:
    for name, seen in snapshot.seen.items():
        if seen.error and name in snapshot.plan.nodes:
            place = relocate(seen.plan, snapshot.plan, seen.error.span)
            place = place or failing_place(snapshot, name, seen)
            if offset in place:
                return seen, place
    return None


def _named(snapshot: Snapshot, offset: int) -> _Found | None:
    named = subject_at(snapshot.plan, offset)
    if named is None or named[0].kind is Kind.HELPER:
        return None
    subject, place = named
    if subject.kind is Kind.NODE:
        return node_card(snapshot, subject.name), place
    around = snapshot.plan.node_at(offset)
    return input_card(snapshot, subject.name, around.node if around else None), place


def _section(snapshot: Snapshot, offset: int) -> _Found | None:
    found = _section_at(snapshot.plan, offset)
    return (section_card(found[0]), found[1]) if found else None


def _section_at(plan: Plan, offset: int) -> tuple[str, Span] | None:
    definition = plan.node_at(offset)
    for section in definition.node.sections if definition else ():
        if definition and section.exact and offset in definition.span(section.name_span):
            return section.name, definition.span(section.name_span)
    return None


def _preferred(capabilities: lsp.ClientCapabilities) -> lsp.MarkupKind:
    """The first format that the client names; plain text if it names none."""
    document = capabilities.text_document
    named = document.hover.content_format if document and document.hover else None
    return lsp.MarkupKind(named[0]) if named else lsp.MarkupKind.PlainText
