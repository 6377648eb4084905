"""Corrections of many problems at once, in the inputs file, and by ignoring one."""

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")

CREATING = lsp.ClientCapabilities(
    workspace=lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[lsp.ResourceOperationKind.Create]
        )
    )
)
ANNOTATING = lsp.ClientCapabilities(
    workspace=lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(
            document_changes=True,
            change_annotation_support=lsp.ChangeAnnotationsSupportOptions(),
        )
    )
)


async def test_all_that_has_one_way_out_is_corrected_at_once(editor: Editor) -> None:
    plan = editor.open("""
        def orders(): return [1]  # codeact: ignore[cycle]

        def send():
            '''Send 📦.

            After: ordes
            Timeout: 📦
            Retires: 2
            '''
        """)
    (action,) = await plan.actions("Send", [lsp.CodeActionKind.SourceFixAll])
    assert (action.title, action.diagnostics) == ("Correct all that has one way out", None)
    before = plan.text
    plan.apply(action)
    after = before.replace("  # codeact: ignore[cycle]", "").replace("ordes", "orders")
    assert plan.text == after.replace("Retires", "Retries")
    assert [found.code for found in await plan.diagnostics()] == ["bad-section"]
    assert await plan.actions("Send", [lsp.CodeActionKind.SourceFixAll]) == []


async def test_any_problem_can_be_ignored(editor: Editor) -> None:
    plan = editor.open("def a(x): return x, '📦'  # One.\n")
    *_, action = await plan.actions("(¦x)", [lsp.CodeActionKind.QuickFix])
    assert (action.title, action.is_preferred) == ("Ignore 'missing-input' here", False)
    assert action.diagnostics == tuple(await plan.diagnostics())
    plan.apply(action)
    assert plan.text == "def a(x): return x, '📦'  # One.  # codeact: ignore[missing-input]\n"
    assert await plan.diagnostics() == ()


@pytest.mark.parametrize("inputs", [None, "[table]\r\nx = 1\r\n"], ids=["no file", "a file"])
async def test_a_missing_input_can_be_set_in_the_inputs_file(
    tmp_path_factory: pytest.TempPathFactory, inputs: str | None
) -> None:
    async with connected(tmp_path_factory.mktemp("creating"), CREATING) as editor:
        plan = editor.open("def a(limit: int): return limit\n", inputs=inputs)
        (action,) = await plan.fixes("lim¦it:")
        assert action.title == "Set 'limit' in the plan's .toml file"
        assert action.edit is not None
        create, change = action.edit.document_changes or ()
        assert isinstance(create, lsp.CreateFile)
        assert create.options == lsp.CreateFileOptions(ignore_if_exists=True)
        assert isinstance(change, lsp.TextDocumentEdit)
        toml = plan.path.with_suffix(".toml").as_uri()
        assert (create.uri, change.text_document.uri) == (toml, toml)
        (added,) = change.edits
        assert isinstance(added, lsp.TextEdit)
        assert added.range.start == added.range.end == lsp.Position(line=0, character=0)
        assert added.new_text == ("limit = 0\n" if inputs is None else "limit = 0\r\n")


async def test_what_an_edit_is_for_is_told_to_a_client_that_previews_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async with connected(tmp_path_factory.mktemp("annotating"), ANNOTATING) as editor:
        plan = editor.open("def orders(): return [1]\ndef total(ordres): return ordres\n")
        action, *_ = await plan.fixes("(ordres¦)")
        assert action.edit is not None
        assert action.edit.change_annotations == {"why": lsp.ChangeAnnotation(label=action.title)}
        (change,) = action.edit.document_changes or ()
        assert isinstance(change, lsp.TextDocumentEdit)
        assert {type(edit) for edit in change.edits} == {lsp.AnnotatedTextEdit}
        plan.apply(action)
        assert plan.text == "def orders(): return [1]\ndef total(orders): return orders\n"


async def test_an_edit_for_a_client_that_previews_nothing_is_bare(editor: Editor) -> None:
    plan = editor.open("def orders(): return [1]\ndef total(ordres): return ordres\n")
    action, *_ = await plan.fixes("(ordres¦)")
    assert action.edit is not None
    assert action.edit.change_annotations is None


async def test_a_client_that_creates_no_files_is_not_offered_to(editor: Editor) -> None:
    plan = editor.open("def a(limit: int): return limit\n")
    assert await plan.fixes("lim¦it:") == []


async def test_a_large_selection_offers_the_fixes_of_its_first_problems(editor: Editor) -> None:
    names = [f"input{number}" for number in range(300)]
    plan = editor.open(f"def node({', '.join(names)}): return 1\n")
    actions = await plan.actions(f"{names[0]}, {names[1]}", [lsp.CodeActionKind.QuickFix])
    everything = await plan.actions(", ".join(names), [lsp.CodeActionKind.QuickFix])
    assert everything[: len(actions)] == actions
    assert len(everything) < len(names)
