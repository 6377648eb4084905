"""Rename a node, an input or a helper wherever it is named, or say why it would break the plan."""

import unicodedata
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from codeact_lsp.engine.workspace import inputs_file
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.rename import Refusal, rename, renameable, unnamed
from codeact_lsp.plan.names.occurrences import Kind, Subject, subject_at
from codeact_lsp.plan.source import Span
from codeact_lsp.server.edits import workspace_edit
from codeact_lsp.server.snapshot import Snapshot

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer


class RenameRefusedError(JsonRpcException):
    """The request is right, and is not done; the client shows the reason."""

    CODE = lsp.LSPErrorCodes.RequestFailed


def prepare_rename(
    snapshot: Snapshot, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder:
    """What would be renamed at a position.

    Raises:
        RenameRefusedError: Nothing there can be renamed.
    """
    subject, span = _named(snapshot, params.position)
    if refusal := renameable(snapshot.plan, subject):
        raise RenameRefusedError(refusal.message)
    return lsp.PrepareRenamePlaceholder(range=snapshot.range(span), placeholder=subject.name)


def rename_at(server: "PlanServer", params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """The edits of the plan, and of its inputs file, that give what is named there a new name.

    Raises:
        RenameRefusedError: The plan would not mean the same.
    """
    opened = server.session.plans.get(params.text_document.uri)
    if opened is None:
        return None
    if opened.read_inputs():  # Others edit that file too, and not every client watches it.
        server.publish(opened.uri)
    snapshot = server.session.snapshot(opened.uri)
    return _renamed(snapshot, params) if snapshot else None


def _renamed(snapshot: Snapshot, params: lsp.RenameParams) -> lsp.WorkspaceEdit:
    subject, _ = _named(snapshot, params.position)
    edits = rename(snapshot.plan, subject, params.new_name)
    if isinstance(edits, Refusal):
        raise RenameRefusedError(edits.message)
    settings = _settings(snapshot, subject, params.new_name) if edits else ()
    return workspace_edit(snapshot, edits, settings)


def _named(snapshot: Snapshot, position: lsp.Position) -> tuple[Subject, Span]:
    offset = snapshot.offset(position)
    named = subject_at(snapshot.plan, offset)
    if named is None:
        raise RenameRefusedError(unnamed(snapshot.plan, offset).message)
    return named


def _settings(snapshot: Snapshot, subject: Subject, new: str) -> tuple[TextEdit, ...]:
    """The edits of the inputs file, which knows parameters by the names that Python gives them."""
    if subject.kind is not Kind.INPUT:
        return ()
    if snapshot.inputs_error:
        raise RenameRefusedError(f"The inputs file cannot be used. {snapshot.inputs_error}")
    try:
        name = unicodedata.normalize("NFKC", new)
        return inputs_file.renamed(snapshot.inputs_text, subject.name, name)
    except InputError as error:
        raise RenameRefusedError(str(error)) from error
