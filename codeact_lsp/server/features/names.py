"""What the caret is on, for all requests about names."""

from lsprotocol import types as lsp

from codeact_lsp.engine.workspace import inputs_file
from codeact_lsp.plan import Plan, Source, Span
from codeact_lsp.plan.names.occurrences import Kind, Subject, subject_at
from codeact_lsp.server import convert
from codeact_lsp.server.edits import inputs_uri
from codeact_lsp.server.snapshot import Snapshot


def node_name_at(plan: Plan, offset: int) -> tuple[str, Span] | None:
    """The node that is named at `offset`, and the place of that name."""
    named = subject_at(plan, offset)
    return (named[0].name, named[1]) if named and named[0].kind is Kind.NODE else None


def settings_of(snapshot: Snapshot, subject: Subject) -> list[lsp.Location]:
    """Where the inputs file sets a value for `subject`; nowhere, if it is no input."""
    if subject.kind is not Kind.INPUT:
        return []
    source = Source(snapshot.inputs_text)
    return [
        lsp.Location(
            uri=inputs_uri(snapshot), range=convert.to_range(span, source, snapshot.encoding)
        )
        for span in inputs_file.places(snapshot.inputs_text, subject.name)
    ]
