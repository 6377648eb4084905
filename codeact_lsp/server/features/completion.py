"""What can be typed next: nodes and inputs in a signature, sections in a docstring."""

from lsprotocol import types as lsp

from codeact_lsp.plan.completion import Offer, Outside, Suggestion, complete
from codeact_lsp.server.snapshot import Snapshot

# A space and a colon lead on inside of docstrings; outside of them they cost a glance at the line.
OPTIONS = lsp.CompletionOptions(trigger_characters=["(", ",", " ", ":", "="])
_KINDS = {
    Offer.NODE: lsp.CompletionItemKind.Function,
    Offer.INPUT: lsp.CompletionItemKind.Variable,
    Offer.VALUE: lsp.CompletionItemKind.Value,
    Offer.SECTION: lsp.CompletionItemKind.Keyword,
    Offer.RESOURCE: lsp.CompletionItemKind.Reference,
    Offer.PARAMETER: lsp.CompletionItemKind.Variable,
}


def completion(snapshot: Snapshot, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """What the plan knows to go on with at a position; None where that is nothing."""
    outside = Outside(snapshot.inputs, snapshot.settings.resources)
    found = complete(snapshot.plan, snapshot.offset(params.position), outside)
    if not found.items:
        return None
    items = [_item(snapshot, rank, each) for rank, each in enumerate(found.items)]
    return lsp.CompletionList(is_incomplete=not found.is_complete, items=items)


def _item(snapshot: Snapshot, rank: int, found: Suggestion) -> lsp.CompletionItem:
    return lsp.CompletionItem(
        label=found.label,
        kind=_KINDS[found.offer],
        detail=found.detail or None,
        documentation=found.documentation or None,  # A string is plain text: no Markdown in it.
        sort_text=f"{rank:04}",
        filter_text=found.label,
        text_edit=lsp.TextEdit(range=snapshot.range(found.span), new_text=found.new),
    )
