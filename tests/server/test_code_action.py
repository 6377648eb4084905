"""Quick fixes: repairs that were seen to work, and corrections of what is misspelt in a plan."""

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def row(): return {"amount": 4, "rate": 2}

    def total(row):
        first = row["ammount"]
        return first * row["rate"]

    def twice(total): return 2 * total
    """
MISSPELT = '''
    def orders(): return [1]

    def totals(ordes): return ordes, other.ordes

    def send():
        """Send.

        After: totls
        """
    '''
RENAME = "Rename 'ammount' to 'amount': runs, 1 of 1 downstream pass, 0 ms"


async def repaired(editor: Editor, text: str = PLAN) -> Tab:
    """A plan that failed, once the server has looked for fixes."""
    plan = editor.open(text)
    assert await plan.run() == "failed"
    await plan.until_fixed()
    return plan


async def test_before_the_run_there_is_nothing_to_fix(editor: Editor) -> None:
    plan = editor.open(PLAN)
    assert await plan.fixes('"ammount"') == []


async def test_a_fix_appears_after_the_run_and_its_edit_mends_the_plan(editor: Editor) -> None:
    plan = await repaired(editor)
    (action,) = await plan.fixes('"ammount"')
    assert plan.title(action) == RENAME
    assert action.is_preferred
    assert action.kind == lsp.CodeActionKind.QuickFix
    before = plan.text
    plan.apply(action)
    assert plan.text == before.replace("ammount", "amount")
    assert await plan.run() == "done"
    assert (await plan.command("value", node="twice"))["preview"] == "16"


async def test_a_fix_bears_the_diagnostic_that_it_mends(editor: Editor) -> None:
    plan = await repaired(editor)
    (action,) = await plan.fixes('"ammount"')
    (failure,) = await plan.diagnostics()
    assert action.diagnostics == (failure,)
    assert isinstance(failure.data, dict)
    assert failure.data["fixes"] == [action.title]


async def test_after_the_fix_what_its_trial_made_is_reused(editor: Editor) -> None:
    plan = await repaired(editor)
    plan.apply((await plan.fixes('"ammount"'))[0])
    assert await plan.run() == "done"
    assert (await plan.lenses())["total"][1] == "✓ 0 ms · int 8 · ran while a fix was tried"


async def test_a_fix_is_offered_at_the_failure_and_where_its_value_came_from(
    editor: Editor,
) -> None:
    plan = await repaired(editor)
    for place in ('"ammou¦nt"', '¦row["ammount', '{¦"amount"'):
        assert [plan.title(action) for action in await plan.fixes(place)] == [RENAME], place
    for place in ("de¦f total", '¦row["rate"]', "def twice"):
        assert await plan.fixes(place) == [], place


async def test_the_preferred_fix_comes_first(editor: Editor) -> None:
    plan = await repaired(
        editor,
        """
        def row(): return {"amount": 1, "amounts": 2}

        def total(row): return row["amoumts"]
        """,
    )
    actions = await plan.fixes('"amoumts"')
    assert [plan.title(action) for action in actions] == [
        "Rename 'amoumts' to 'amounts': runs, 0 ms",
        "Rename 'amoumts' to 'amount': runs, 0 ms",
    ]
    assert [action.is_preferred for action in actions] == [True, False]


async def test_a_fix_goes_with_an_edit_of_its_function_and_comes_back_with_the_undo(
    editor: Editor,
) -> None:
    plan = await repaired(editor)
    plan.edit("first * row", "first + row")
    assert await plan.fixes('"ammount"') == []
    plan.edit("first + row", "first * row")
    assert len(await plan.fixes('"ammount"')) == 1


async def test_a_fix_is_not_offered_for_a_text_with_which_it_was_not_run(editor: Editor) -> None:
    plan = await repaired(editor)
    plan.edit("    first =", "    # The first.\n    first =")
    assert await plan.fixes('"ammount"') == []
    plan.edit("    # The first.\n", "")
    assert len(await plan.fixes('"ammount"')) == 1


async def test_a_fix_moves_with_its_function(editor: Editor) -> None:
    plan = await repaired(editor)
    plan.edit("def row", '"""📦 Sold."""\n\n\ndef row')
    before = plan.text
    plan.apply((await plan.fixes('"ammount"'))[0])
    assert plan.text == before.replace("ammount", "amount")


async def test_a_name_that_is_wrong_everywhere_is_renamed_everywhere(editor: Editor) -> None:
    plan = await repaired(
        editor,
        """
        def speed(minute=30):
            half = minutes / 2
            return minutes / half
        """,
    )
    (action,) = await plan.fixes("¦minutes / 2")
    assert plan.title(action) == "Rename 'minutes' to 'minute' in 2 places: runs, 0 ms"
    plan.apply(action)
    assert "minutes" not in plan.text
    assert await plan.run() == "done"


FIX, ALL = "quickfix", "source.fixAll.codeact"


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (None, {FIX}),
        ([], {FIX}),
        ([lsp.CodeActionKind.QuickFix], {FIX}),
        ([lsp.CodeActionKind.Empty], {FIX, ALL}),
        ([lsp.CodeActionKind.Refactor], set()),
        ([lsp.CodeActionKind.SourceFixAll, lsp.CodeActionKind.RefactorInline], {ALL}),
        (["source.fixAll.codeact"], {ALL}),
        (["source.fixAll.ruff", "quickfix.codeact"], set()),
        ([lsp.CodeActionKind.Source, lsp.CodeActionKind.QuickFix], {FIX, ALL}),
    ],
)
async def test_only_the_kinds_that_are_asked_for_are_offered(
    editor: Editor, only: list[lsp.CodeActionKind | str] | None, kinds: set[str]
) -> None:
    plan = editor.open(MISSPELT)
    found = {str(getattr(a.kind, "value", a.kind)) for a in await plan.actions("tot¦ls", only)}
    assert {kind for kind in found if not kind.startswith("refactor")} == kinds


async def test_a_misspelt_node_can_be_corrected(editor: Editor) -> None:
    plan = editor.open(MISSPELT)
    (parameter,) = await plan.fixes("(or¦des)")
    section, remove = await plan.fixes("tot¦ls")
    assert remove.title == "Remove 'After: totls'"
    assert (parameter.title, parameter.is_preferred) == ("Change to 'orders'", False)
    assert (section.title, section.is_preferred) == ("Change to 'totals'", True)
    plan.apply(section)
    assert "After: totals" in plan.text
    assert [found.code for found in await plan.diagnostics()] == ["unknown-input"]


async def test_a_corrected_parameter_takes_its_uses_along(editor: Editor) -> None:
    plan = editor.open(MISSPELT)
    (action,) = await plan.fixes("(or¦des)")
    plan.apply(action)
    assert "def totals(orders): return orders, other.ordes\n" in plan.text


async def test_an_edit_names_the_version_that_it_is_for(editor: Editor) -> None:
    plan = await repaired(editor)
    plan.edit("def row", "# Sold.\ndef row")
    (action,) = await plan.fixes('"ammount"')
    assert action.edit is not None
    assert action.edit.changes is None
    (change,) = action.edit.document_changes or ()
    assert isinstance(change, lsp.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (plan.uri, 2)


async def test_a_client_that_knows_no_versions_gets_plain_edits(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plain = lsp.ClientCapabilities()
    async with connected(tmp_path_factory.mktemp("plain"), plain) as editor:
        plan = editor.open(MISSPELT)
        action, _ = await plan.fixes("tot¦ls")
        assert action.edit is not None
        assert action.edit.document_changes is None
        assert list(action.edit.changes or {}) == [plan.uri]
        plan.apply(action)
        assert [found.code for found in await plan.diagnostics()] == ["unknown-input"]
