"""The table of all that the server answers: method, handler, and what the handler may touch."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.plan import Piece
from codeact_lsp.plan.structure.folds import folds
from codeact_lsp.plan.structure.tokens import marks
from codeact_lsp.server import configuration, forecasts, lifecycle, pull, watching
from codeact_lsp.server.features import (
    actions,
    call_hierarchy,
    code_lens,
    completion,
    definition,
    folding,
    highlight,
    hover,
    inlay_hints,
    references,
    rename,
    selection_ranges,
    semantic_tokens,
    symbols,
    workspace_symbols,
)


class Model(Enum):
    """How a handler is run.

    READ: on the loop, given a snapshot that is taken at dispatch; pure.
    CHANGE: on the loop, given the server; the only ones that change the session.
    WORK: a task of its own, given the server; a cancel reaches it, and where the document that it
        is about is edited meanwhile, its answer is dropped (`ContentModified`).
    """

    READ = "read"
    CHANGE = "change"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Route:
    """A method of the protocol and its handler.

    Attributes:
        beforehand: What a READ needs of every piece, which at first takes long in a large plan. It
            is read a few pieces at a time; if the plan is edited meanwhile, nothing is answered.
        closed: What a READ answers about a plan that is not open.
    """

    method: str
    handler: Callable[..., Any]
    model: Model
    options: Any = None
    beforehand: Callable[[Piece], object] | None = None
    closed: Any = None


ROUTES: tuple[Route, ...] = (
    Route(lsp.INITIALIZE, lifecycle.initialize, Model.CHANGE),
    Route(lsp.INITIALIZED, lifecycle.initialized, Model.CHANGE),
    Route(lsp.SHUTDOWN, lifecycle.shutdown, Model.WORK),
    Route(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, lifecycle.did_change_folders, Model.CHANGE),
    Route(
        lsp.WORKSPACE_DID_CHANGE_CONFIGURATION,
        configuration.did_change_configuration,
        Model.CHANGE,
    ),
    Route(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, watching.did_change_watched_files, Model.CHANGE),
    Route(
        lsp.WORKSPACE_DID_RENAME_FILES,
        watching.did_rename_files,
        Model.CHANGE,
        watching.OPERATIONS,
    ),
    Route(
        lsp.WORKSPACE_DID_CREATE_FILES,
        watching.did_create_or_delete_files,
        Model.CHANGE,
        watching.OPERATIONS,
    ),
    Route(
        lsp.WORKSPACE_DID_DELETE_FILES,
        watching.did_create_or_delete_files,
        Model.CHANGE,
        watching.OPERATIONS,
    ),
    Route(lsp.TEXT_DOCUMENT_DID_OPEN, lifecycle.did_open, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_CHANGE, lifecycle.did_change, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_SAVE, lifecycle.did_save, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_CLOSE, lifecycle.did_close, Model.CHANGE),
    Route(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        pull.document_diagnostics,
        Model.READ,
        pull.OPTIONS,
        closed=pull.NONE,
    ),
    Route(lsp.WORKSPACE_DIAGNOSTIC, pull.workspace_diagnostics, Model.WORK),
    Route(lsp.WORKSPACE_SYMBOL, workspace_symbols.workspace_symbols, Model.WORK),
    Route(lsp.WORKSPACE_SYMBOL_RESOLVE, workspace_symbols.resolve, Model.WORK),
    Route(lsp.TEXT_DOCUMENT_CODE_LENS, code_lens.code_lenses, Model.READ),
    Route(lsp.CODE_LENS_RESOLVE, forecasts.resolve, Model.WORK),
    Route(lsp.TEXT_DOCUMENT_HOVER, hover.hover, Model.READ),
    Route(lsp.TEXT_DOCUMENT_INLAY_HINT, inlay_hints.inlay_hints, Model.READ),
    Route(lsp.INLAY_HINT_RESOLVE, inlay_hints.resolve, Model.READ),
    Route(lsp.TEXT_DOCUMENT_COMPLETION, completion.completion, Model.READ, completion.OPTIONS),
    Route(lsp.TEXT_DOCUMENT_CODE_ACTION, actions.actions, Model.READ, actions.OPTIONS),
    Route(lsp.CODE_ACTION_RESOLVE, actions.resolve, Model.READ),
    Route(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, symbols.document_symbols, Model.READ),
    Route(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, call_hierarchy.prepare, Model.READ),
    Route(lsp.CALL_HIERARCHY_INCOMING_CALLS, call_hierarchy.incoming, Model.READ),
    Route(lsp.CALL_HIERARCHY_OUTGOING_CALLS, call_hierarchy.outgoing, Model.READ),
    Route(
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        semantic_tokens.full,
        Model.READ,
        semantic_tokens.LEGEND,
        beforehand=marks,
    ),
    Route(
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA,
        semantic_tokens.delta,
        Model.READ,
        beforehand=marks,
    ),
    Route(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, semantic_tokens.within, Model.READ),
    Route(lsp.TEXT_DOCUMENT_FOLDING_RANGE, folding.folding_ranges, Model.READ, beforehand=folds),
    Route(lsp.TEXT_DOCUMENT_SELECTION_RANGE, selection_ranges.selection_ranges, Model.READ),
    Route(lsp.TEXT_DOCUMENT_DEFINITION, definition.definition, Model.READ),
    Route(lsp.TEXT_DOCUMENT_REFERENCES, references.references, Model.READ),
    Route(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlight.highlight, Model.READ),
    Route(lsp.TEXT_DOCUMENT_PREPARE_RENAME, rename.prepare_rename, Model.READ),
    Route(lsp.TEXT_DOCUMENT_RENAME, rename.rename_at, Model.CHANGE),
)
