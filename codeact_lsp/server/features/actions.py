"""All code actions of a selection: the fixes of what is wrong first, then refactorings."""

from collections.abc import Iterable

from lsprotocol import types as lsp

from codeact_lsp.server.snapshot import Snapshot

FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.codeact"
OPTIONS = lsp.CodeActionOptions(
    code_action_kinds=[
        lsp.CodeActionKind.QuickFix,
        FIX_ALL,
        lsp.CodeActionKind.RefactorExtract,
        lsp.CodeActionKind.RefactorInline,
        lsp.CodeActionKind.RefactorRewrite,
    ],
    resolve_provider=True,
)

# All that changes plans is imported when somebody first asks for it: it is a quarter of what the
# server would load at its start.


def actions(snapshot: Snapshot, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """What the selection offers."""
    from codeact_lsp.server.features import code_action, refactor  # noqa: PLC0415 - see above.

    return [
        *code_action.code_actions(snapshot, params),
        *refactor.refactorings(snapshot, params),
    ]


def resolve(snapshot: Snapshot, action: lsp.CodeAction) -> lsp.CodeAction:
    """The action with its edit; one that is not ours comes back as it is."""
    from codeact_lsp.server.features import refactor  # noqa: PLC0415 - see above.

    return refactor.resolve(snapshot, action)


def is_wanted(kind: str, only: Iterable[lsp.CodeActionKind | str] | None) -> bool:
    """Whether a client that asks for `only` means `kind`; of its own accord none means `source`."""
    wanted = [str(getattr(each, "value", each)) for each in only or ()]
    if not wanted:
        return not kind.startswith(lsp.CodeActionKind.Source.value)
    return any(each == "" or f"{kind}.".startswith(f"{each}.") for each in wanted)
