"""The places of this plan that name what the caret is on."""

from lsprotocol import types as lsp

from codeact_lsp.plan.names.occurrences import Form, occurrences, subject_at
from codeact_lsp.server.snapshot import Snapshot

# What a docstring or a keyword says neither reads nor writes.
_KINDS = {
    Form.DEFINITION: lsp.DocumentHighlightKind.Write,
    Form.PARAMETER: lsp.DocumentHighlightKind.Write,
    Form.WRITE: lsp.DocumentHighlightKind.Write,
    Form.READ: lsp.DocumentHighlightKind.Read,
}


def highlight(
    snapshot: Snapshot, params: lsp.DocumentHighlightParams
) -> list[lsp.DocumentHighlight] | None:
    """All exact places of what is named at a position."""
    named = subject_at(snapshot.plan, snapshot.offset(params.position))
    if named is None:
        return None
    return [
        lsp.DocumentHighlight(
            range=snapshot.range(one.span),
            kind=_KINDS.get(one.form, lsp.DocumentHighlightKind.Text),
        )
        for one in occurrences(snapshot.plan, named[0])
        if one.exact
    ]
