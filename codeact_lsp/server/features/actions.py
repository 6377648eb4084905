"""All code actions of a selection: the fixes of what is wrong first, then refactorings."""

from lsprotocol import types as lsp

from codeact_lsp.server.features import code_action, refactor
from codeact_lsp.server.session import Snapshot

OPTIONS = lsp.CodeActionOptions(
    code_action_kinds=[*code_action.KINDS, *refactor.KINDS.values()], resolve_provider=True
)


def actions(snapshot: Snapshot, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """What the selection offers."""
    return [
        *code_action.code_actions(snapshot, params),
        *refactor.refactorings(snapshot, params),
    ]
