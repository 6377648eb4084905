"""Refactorings as code actions: which are offered, when their edit comes, and why one cannot be."""

from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from tests.server.editor import Editor
from tests.server.pair import connected, wired
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

KINDS = lsp.CodeActionKind
PLAN = """
    def orders() -> list: return ["𐎠", 1]

    def report(orders, title):
        kept = [each for each in orders if each]
        return title, len(kept)
    """
AFTER = """\
def orders() -> list: return ["𐎠", 1]

def kept(orders):
    kept = [each for each in orders if each]
    return kept

def report(title, kept):
    return title, len(kept)
"""
KEPT = "kept = [each for each in orders if each]"
RESOLVING = lsp.ClientCapabilities(
    text_document=lsp.TextDocumentClientCapabilities(
        code_action=lsp.CodeActionClientCapabilities(
            data_support=True,
            disabled_support=True,
            resolve_support=lsp.ClientCodeActionResolveOptions(properties=["edit"]),
        )
    ),
    workspace=lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=True)
    ),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def resolving(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """An editor that asks for an edit once an action is chosen, and shows why one is disabled."""
    async with connected(tmp_path_factory.mktemp("resolving"), RESOLVING) as editor:
        yield editor


async def offered(
    editor: Editor,
    plan: Tab,
    place: str,
    only: Sequence[lsp.CodeActionKind | str] = (KINDS.Refactor,),
    trigger: lsp.CodeActionTriggerKind | None = lsp.CodeActionTriggerKind.Invoked,
) -> list[lsp.CodeAction]:
    """The actions at a place, for a user who asked or an editor that did."""
    context = lsp.CodeActionContext(diagnostics=[], only=only or None, trigger_kind=trigger)
    params = lsp.CodeActionParams(
        text_document=plan.document, range=plan.range(place), context=context
    )
    found = await editor.text_document_code_action_async(params)
    return [action for action in found or () if isinstance(action, lsp.CodeAction)]


async def test_a_client_that_resolves_nothing_gets_the_edit_at_once(editor: Editor) -> None:
    plan = editor.open(PLAN)
    extracted, split = await offered(editor, plan, KEPT)
    assert (extracted.title, extracted.kind) == ("Extract node", KINDS.RefactorExtract)
    assert split.title == "Split node 'report' at 'kept'"
    assert extracted.data is None
    plan.apply(extracted)
    assert plan.text == AFTER


async def test_a_client_that_resolves_gets_the_edit_of_the_action_it_chose(
    resolving: Editor,
) -> None:
    plan = resolving.open(PLAN)
    action, _ = await offered(resolving, plan, KEPT)
    assert action.edit is None
    resolved = await resolving.code_action_resolve_async(action)
    plan.apply(resolved)
    assert plan.text == AFTER


async def test_an_action_of_an_earlier_text_is_refused(resolving: Editor) -> None:
    plan = resolving.open(PLAN)
    action, _ = await offered(resolving, plan, KEPT)
    plan.edit("if each", "if each > 1")
    with pytest.raises(JsonRpcException) as refused:
        await resolving.code_action_resolve_async(action)
    assert refused.value.code == lsp.LSPErrorCodes.ContentModified.value


async def test_an_action_whose_input_has_changed_is_refused(resolving: Editor) -> None:
    plan = resolving.open("def report(rate): return rate\n", inputs="rate = 1\n")
    (action,) = await offered(resolving, plan, "(¦rate")
    assert action.title == "Annotate 'rate' with 'int'"
    plan.path.with_suffix(".toml").write_text("", encoding="utf-8")
    plan.save()
    with pytest.raises(JsonRpcException) as refused:
        await resolving.code_action_resolve_async(action)
    assert refused.value.code == lsp.LSPErrorCodes.ContentModified.value


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        {"refactoring": "extract"},
        {"refactoring": "unheard-of", "version": 1, "span": [0, 1]},
        {"refactoring": "extract", "version": 1, "span": ["a", 1]},
    ],
)
async def test_an_action_that_is_not_ours_comes_back_as_it_is(
    resolving: Editor, data: lsp.LSPAny
) -> None:
    plan = resolving.open(PLAN)
    if isinstance(data, dict):
        data["uri"] = plan.uri
    resolved = await resolving.code_action_resolve_async(lsp.CodeAction(title="?", data=data))
    assert (resolved.title, resolved.edit) == ("?", None)


async def test_an_action_of_a_plan_that_was_closed_comes_back_as_it_is(resolving: Editor) -> None:
    plan = resolving.open(PLAN)
    action, _ = await offered(resolving, plan, KEPT)
    plan.close()
    assert (await resolving.code_action_resolve_async(action)).edit is None


@pytest.mark.parametrize(
    ("only", "titles"),
    [
        ([KINDS.Refactor], ["Inline node 'orders'", "Convert node 'orders' to a helper"]),
        ([KINDS.RefactorInline], ["Inline node 'orders'"]),
        ([KINDS.RefactorRewrite], ["Convert node 'orders' to a helper"]),
        ([KINDS.Empty], ["Inline node 'orders'", "Convert node 'orders' to a helper"]),
        ([KINDS.QuickFix, "refactor.inline"], ["Inline node 'orders'"]),
        ([KINDS.RefactorExtract], []),
        (["refactor.inline.more", "ref", KINDS.QuickFix], []),
    ],
)
async def test_only_the_kinds_that_are_asked_for_are_offered(
    editor: Editor, only: list[lsp.CodeActionKind | str], titles: list[str]
) -> None:
    plan = editor.open(PLAN)
    assert [action.title for action in await offered(editor, plan, "¦orders()", only)] == titles


async def test_what_is_impossible_is_shown_with_the_reason_to_who_asked(resolving: Editor) -> None:
    plan = resolving.open(PLAN)
    (disabled,) = await offered(resolving, plan, "return title, len(kept)", only=())
    assert disabled.disabled is not None
    assert disabled.disabled.reason == "It leaves the function with a 'return'."
    assert (disabled.edit, disabled.data) == (None, None)
    for trigger in (lsp.CodeActionTriggerKind.Automatic, None):
        shown = await offered(resolving, plan, "return title, len(kept)", (), trigger)
        assert shown == []


async def test_the_server_announces_what_it_offers() -> None:
    async with wired() as wire:
        provider = wire.begun["capabilities"]["codeActionProvider"]
    assert provider["resolveProvider"]
    assert {"refactor.extract", "refactor.inline", "refactor.rewrite"} < {
        *provider["codeActionKinds"]
    }
