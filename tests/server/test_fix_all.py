"""All preferred fixes at once, as one edit: of failures, and of code that does not parse."""

import pytest
from lsprotocol import types as lsp

from tests.carets import dedent
from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

TWO = """
    import json

    def row(): return {"amount": 4, "region": 1}

    def total(row):
        return row["ammount"]  # As it is.

    def where(row):
        return maths.sqrt(row["region"])
    """
UNPARSED = """
    import math

    def one(x=1)
        return x

    def two(x=1):
        return math.sqrt(x

    def three(x=1):
        return x
    """


async def fix_all(plan: Tab) -> list[lsp.CodeAction]:
    return await plan.actions("import", [lsp.CodeActionKind.SourceFixAll])


async def until_both_are_fixed(editor: Editor, plan: Tab) -> None:
    def fixed() -> int:
        found = plan.published()[-1].diagnostics if plan.published() else ()
        data = [each.data for each in found if isinstance(each.data, dict)]
        return sum(bool(each.get("fixes")) and not each.get("searching") for each in data)

    await editor.until(lambda: fixed() == 2)


async def test_two_failures_are_mended_by_one_edit(editor: Editor) -> None:
    plan = editor.open(TWO.replace("maths.sqrt", "jsn.dumps"))
    before = plan.text
    assert await plan.run() == "failed"
    await until_both_are_fixed(editor, plan)
    (action,) = await fix_all(plan)
    plan.apply(action)
    assert plan.text == before.replace("ammount", "amount").replace("jsn", "json")
    assert await plan.run() == "done"
    assert await fix_all(plan) == []


UNIMPORTED = """
    def row(): return {"amount": 4}

    def one(row):
        return json.dumps(row)

    def two(row):
        return math.sqrt(row["amount"])
    """


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\ufeff",
        "#!/usr/bin/env python3\n# A licence.\n",
        '"""What it is about."""\nimport os  # It is looked at.\n',
    ],
)
async def test_all_that_is_not_imported_comes_below_what_the_file_begins_with(
    editor: Editor, head: str
) -> None:
    plan = editor.open("")
    text = f"{head}{dedent(UNIMPORTED)}"
    plan.change(lsp.TextDocumentContentChangeWholeDocument(text=text))
    assert await plan.run() == "failed"
    await until_both_are_fixed(editor, plan)
    titles = [each.title for each in await plan.fixes("json")]
    assert not any(title.startswith("In 'row'") for title in titles)
    (action,) = await plan.actions("def row", [lsp.CodeActionKind.SourceFixAll])
    plan.apply(action)
    assert plan.text.startswith(head)
    assert plan.text.endswith(dedent(UNIMPORTED))
    added = plan.text.removeprefix(head).removesuffix(dedent(UNIMPORTED))
    assert sorted(added.split()) == ["import", "import", "json", "math"]
    assert await plan.run() == "done"


async def test_code_that_does_not_parse_has_quick_fixes_without_a_run(editor: Editor) -> None:
    plan = editor.open(UNPARSED)
    before = plan.text
    (action,) = await plan.fixes("def one(x=1)")
    assert (action.title, action.is_preferred) == ("Add ':': parses", True)
    assert action.diagnostics
    assert [each.code for each in action.diagnostics] == ["syntax"]
    plan.apply(action)
    assert plan.text == before.replace("def one(x=1)", "def one(x=1):")


async def test_all_that_does_not_parse_is_mended_at_once(editor: Editor) -> None:
    plan = editor.open(UNPARSED)
    before = plan.text
    (action,) = await fix_all(plan)
    plan.apply(action)
    assert plan.text == before.replace("one(x=1)", "one(x=1):").replace("sqrt(x", "sqrt(x)")
    assert await plan.run() == "done"


async def test_the_command_has_the_client_make_the_edit(editor: Editor) -> None:
    plan = editor.open(UNPARSED)

    def apply(asked: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        plan.apply(lsp.CodeAction(title=asked.label or "", edit=asked.edit))
        return lsp.ApplyWorkspaceEditResult(applied=True)

    editor.answer(lsp.WORKSPACE_APPLY_EDIT, apply)
    assert await plan.command("fixAll") is True
    assert await plan.run() == "done"
    assert await plan.command("fixAll") is False


async def test_the_command_waits_for_what_is_still_tried(editor: Editor) -> None:
    plan = editor.open(TWO.replace("maths.sqrt", "jsn.dumps"))
    before = plan.text

    def apply(asked: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        plan.apply(lsp.CodeAction(title=asked.label or "", edit=asked.edit))
        return lsp.ApplyWorkspaceEditResult(applied=True)

    editor.answer(lsp.WORKSPACE_APPLY_EDIT, apply)
    assert await plan.run() == "failed"
    assert await plan.command("fixAll") is True
    assert plan.text == before.replace("ammount", "amount").replace("jsn", "json")


async def test_a_fix_goes_with_the_code_that_it_was_made_for(editor: Editor) -> None:
    plan = editor.open(TWO.replace("maths.sqrt", "str"))
    assert await plan.run() == "failed"
    await plan.until_fixed()
    plan.edit("# As it is.", "# As it was.")
    assert len(await plan.fixes('row["ammount"]')) == 1
    plan.edit('return row["ammount"]', 'return 2 * row["ammount"]')
    assert await plan.fixes('row["ammount"]') == []
    assert await fix_all(plan) == []
