"""The table of all that the server answers: method, handler, and what the handler may touch."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.server import lifecycle
from codeact_lsp.server.features import code_action, code_lens, definition, hover, symbols


class Model(Enum):
    """How a handler is run.

    READ: on the loop, given a snapshot that is taken at dispatch; pure.
    CHANGE: on the loop, given the server; the only ones that change the session.
    WORK: a task of its own, given the server.
    """

    READ = "read"
    CHANGE = "change"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Route:
    """A method of the protocol and its handler."""

    method: str
    handler: Callable[..., Any]
    model: Model
    options: Any = None


_QUICK_FIXES = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])

ROUTES: tuple[Route, ...] = (
    Route(lsp.INITIALIZE, lifecycle.initialize, Model.CHANGE),
    Route(lsp.SHUTDOWN, lifecycle.shutdown, Model.WORK),
    Route(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, lifecycle.did_change_folders, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_OPEN, lifecycle.did_open, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_CHANGE, lifecycle.did_change, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_SAVE, lifecycle.did_save, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_DID_CLOSE, lifecycle.did_close, Model.CHANGE),
    Route(lsp.TEXT_DOCUMENT_CODE_LENS, code_lens.code_lenses, Model.READ),
    Route(lsp.TEXT_DOCUMENT_HOVER, hover.hover, Model.READ),
    Route(lsp.TEXT_DOCUMENT_CODE_ACTION, code_action.code_actions, Model.READ, _QUICK_FIXES),
    Route(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, symbols.document_symbols, Model.READ),
    Route(lsp.TEXT_DOCUMENT_DEFINITION, definition.definition, Model.READ),
)
