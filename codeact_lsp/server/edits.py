"""Edits of a plan, and of the inputs file beside it, as the client takes them."""

from collections.abc import Iterable, Mapping, Sequence

from lsprotocol import types as lsp

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.source import Source
from codeact_lsp.server import convert
from codeact_lsp.server.snapshot import Snapshot

_ANNOTATION = "why"


def workspace_edit(
    snapshot: Snapshot, edits: Iterable[TextEdit], inputs: Iterable[TextEdit] = ()
) -> lsp.WorkspaceEdit:
    """Edits of the plan and of its inputs file.

    Those of the plan name the version that they are for, where the client understands that.
    """
    source = Source(snapshot.inputs_text)
    changes = {
        snapshot.uri: _text_edits(snapshot, snapshot.plan.source, edits),
        inputs_uri(snapshot): _text_edits(snapshot, source, inputs),
    }
    changes = {uri: made for uri, made in changes.items() if made}
    if not snapshot.client.takes_versioned_edits:
        return lsp.WorkspaceEdit(changes=changes)
    return lsp.WorkspaceEdit(document_changes=_document_edits(snapshot, changes))


def annotated(snapshot: Snapshot, edit: lsp.WorkspaceEdit, label: str) -> lsp.WorkspaceEdit:
    """The edit with what it is for, which a client tells in a preview that somebody asks for."""
    if not snapshot.client.shows_annotations:
        return edit
    return lsp.WorkspaceEdit(
        document_changes=[
            change if not isinstance(change, lsp.TextDocumentEdit) else _with_label(change)
            for change in edit.document_changes or ()
        ],
        change_annotations={_ANNOTATION: lsp.ChangeAnnotation(label=label)},
    )


def _with_label(change: lsp.TextDocumentEdit) -> lsp.TextDocumentEdit:
    edits = [
        lsp.AnnotatedTextEdit(annotation_id=_ANNOTATION, range=edit.range, new_text=edit.new_text)
        for edit in change.edits
        if isinstance(edit, lsp.TextEdit)
    ]
    return lsp.TextDocumentEdit(text_document=change.text_document, edits=edits)


def inputs_uri(snapshot: Snapshot) -> str:
    """The address of the plan's inputs file, spelt as the client spells the plan's."""
    stem, dot, _ = snapshot.uri.rpartition(".")
    return f"{stem}{dot}toml"


def _text_edits(
    snapshot: Snapshot, source: Source, edits: Iterable[TextEdit]
) -> list[lsp.TextEdit]:
    return [
        lsp.TextEdit(
            range=convert.to_range(edit.span, source, snapshot.encoding), new_text=edit.new
        )
        for edit in edits
    ]


def _document_edits(
    snapshot: Snapshot, changes: Mapping[str, Sequence[lsp.TextEdit]]
) -> list[lsp.TextDocumentEdit]:
    version = snapshot.plan.source.version
    return [
        lsp.TextDocumentEdit(
            text_document=lsp.OptionalVersionedTextDocumentIdentifier(
                # The inputs file is read from the disk, which has no versions.
                uri=uri,
                version=version if uri == snapshot.uri else None,
            ),
            edits=list(made),
        )
        for uri, made in changes.items()
    ]
