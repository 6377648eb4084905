"""All places that name a node, an input or a helper, docstrings and the inputs file among them."""

from lsprotocol import types as lsp

from codeact_lsp.plan.names.occurrences import declarations, occurrences, subject_at
from codeact_lsp.server.features.names import settings_of
from codeact_lsp.server.snapshot import Snapshot


def references(snapshot: Snapshot, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
    """Where what is named at a position is named; its declarations only if asked for.

    An input is declared by the parameters that take it, and by the file that sets it.
    """
    named = subject_at(snapshot.plan, snapshot.offset(params.position))
    if named is None:
        return None
    subject = named[0]
    every = params.context.include_declaration
    hidden = frozenset() if every else declarations(snapshot.plan, subject)
    found = [
        lsp.Location(uri=snapshot.uri, range=snapshot.range(one.span))
        for one in occurrences(snapshot.plan, subject)
        if one.span not in hidden
    ]
    return [*found, *settings_of(snapshot, subject)] if every else found
