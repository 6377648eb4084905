"""Refactorings of a plan as code actions: offered with a title, computed when one is chosen."""

from collections.abc import Iterator, Mapping
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcContentModified

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request
from codeact_lsp.plan.edits.refactorings import REFACTORINGS, Family, Refactoring
from codeact_lsp.server import convert
from codeact_lsp.server.edits import workspace_edit
from codeact_lsp.server.features.actions import is_wanted
from codeact_lsp.server.snapshot import Snapshot

KINDS = {
    Family.EXTRACT: lsp.CodeActionKind.RefactorExtract,
    Family.INLINE: lsp.CodeActionKind.RefactorInline,
    Family.REWRITE: lsp.CodeActionKind.RefactorRewrite,
}


def refactorings(snapshot: Snapshot, params: lsp.CodeActionParams) -> Iterator[lsp.CodeAction]:
    """The refactorings of the selection.

    One that is not possible is only shown, with the reason, to a user who asked for actions.
    """
    span = convert.to_span(params.range, snapshot.plan.source, snapshot.encoding)
    request = Request(snapshot.plan, span, snapshot.inputs)
    explains = snapshot.client.shows_disabled_actions and _is_asked_for(params.context)
    for refactoring in REFACTORINGS.values():
        if is_wanted(KINDS[refactoring.family].value, params.context.only):
            outcome = refactoring.find(request)
            if isinstance(outcome, Change):
                yield _offer(snapshot, refactoring, span, outcome)
            elif outcome is not None and explains:
                yield _disabled(refactoring, outcome)


def resolve(snapshot: Snapshot, action: lsp.CodeAction) -> lsp.CodeAction:
    """The action with its edit; one that is not ours comes back as it is.

    Raises:
        JsonRpcContentModified: The plan is not what it was when the action was offered.
    """
    data = action.data
    if not isinstance(data, Mapping):
        return action
    match dict(data):
        case {"refactoring": str(name), "version": version, "span": [int(start), int(end)]}:
            refactoring = REFACTORINGS.get(name)
        case _:
            return action
    if refactoring is None:
        return action
    if version != snapshot.plan.source.version:
        raise JsonRpcContentModified("The plan was edited since this was offered.")
    outcome = refactoring.find(Request(snapshot.plan, Span(start, end), snapshot.inputs))
    if not isinstance(outcome, Change):
        reason = outcome.reason if outcome else "The plan's inputs have changed."
        raise JsonRpcContentModified(f"This is not possible any more. {reason}")
    action.edit = workspace_edit(snapshot, outcome.edits)
    return action


def _offer(
    snapshot: Snapshot, refactoring: Refactoring, span: Span, change: Change
) -> lsp.CodeAction:
    action = lsp.CodeAction(title=change.title, kind=KINDS[refactoring.family])
    if snapshot.client.resolves_action_edits:
        action.data = _data(snapshot, refactoring, span)
    else:
        action.edit = workspace_edit(snapshot, change.edits)
    return action


def _data(snapshot: Snapshot, refactoring: Refactoring, span: Span) -> dict[str, Any]:
    """All that is needed to compute the action again: the server remembers nothing of it."""
    return {
        "uri": snapshot.uri,
        "version": snapshot.plan.source.version,
        "refactoring": refactoring.name,
        "span": [span.start, span.end],
    }


def _disabled(refactoring: Refactoring, refused: Refused) -> lsp.CodeAction:
    return lsp.CodeAction(
        title=refused.title,
        kind=KINDS[refactoring.family],
        disabled=lsp.CodeActionDisabled(reason=refused.reason),
    )


def _is_asked_for(context: lsp.CodeActionContext) -> bool:
    """Whether a user asked, and not an editor that shows a light bulb."""
    if context.trigger_kind is None:
        return bool(context.only)
    return context.trigger_kind is lsp.CodeActionTriggerKind.Invoked
