"""What is wrong with a plan, as it is typed. Nothing is run."""

import pytest
from lsprotocol import types as lsp

from tests.carets import dedent, source_of
from tests.server.editor import Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def check_shown(editor: Editor, drawing: str) -> None:
    """A plan shows these problems as soon as it is open."""
    plan = editor.open(source_of(drawing))
    assert await plan.shown() == dedent(drawing)


async def test_problems_are_marked_in_the_text(editor: Editor) -> None:
    await check_shown(
        editor,
        """
        def orders(csv: str): return csv
                   ^^^ missing-input information: Input 'csv' has no value. Give it a default,
                   ... pass --input csv=VALUE, or set it in the plan's .toml file.

        def totals(orderz): return orderz
            ^^^^^^ ↳ First defined here.
                   ^^^^^^ unknown-input warning: There is no node or input 'orderz'. Did you
                   ... mean 'orders'?

        def send(totals):
            '''Send.

            After: orderes
                   ^^^^^^^ unknown-node: There is no node 'orderes'. Did you mean 'orders'?
            Wait: 5 moons
                  ^^^^^^^ bad-section: Wait: expects '5 s after NODE' or 'until
                  ... 2026-12-01T09:00'.
            '''

        def totals(): return 1
            ^^^^^^ duplicate-node: Node 'totals' is defined twice; only the last definition
            ... would run.
        """,
    )


async def test_a_cycle_names_all_its_members(editor: Editor) -> None:
    await check_shown(
        editor,
        """
        def chicken(egg): return egg
                    ^^^ cycle: These nodes depend on each other: chicken, egg.
        def egg(chicken): return chicken
                ^^^^^^^ ↳ 'egg' depends on 'chicken' here.
        """,
    )


async def test_a_line_that_does_not_parse_leaves_the_rest_of_the_plan_alive(editor: Editor) -> None:
    await check_shown(
        editor,
        """
        def a(): return 1
        def b(: return 2
              ^ syntax: SyntaxError: invalid syntax
        def c(c): return c
              ^ cycle: Node 'c' depends on itself.
        """,
    )


async def test_a_warning_does_not_keep_the_plan_from_running(editor: Editor) -> None:
    plan = editor.open("def a(*rest): return 1\n")
    assert [each.severity for each in await plan.diagnostics()] == [lsp.DiagnosticSeverity.Warning]
    assert await plan.run() == "done"


async def test_diagnostics_come_with_the_version_that_they_are_of(editor: Editor) -> None:
    plan = editor.open("def a(b): ...\n")
    plan.edit("(b)", "(c)")
    plan.edit("(c)", "()")
    assert await plan.diagnostics() == ()
    assert [params.version for params in plan.published()] == [1, 2, 3]
    assert [len(params.diagnostics) for params in plan.published()] == [1, 1, 0]


async def test_closing_a_plan_clears_its_diagnostics(editor: Editor) -> None:
    plan = editor.open("def a(b): ...\n")
    assert len(await plan.diagnostics()) == 1
    plan.close()
    assert await plan.diagnostics() == ()
    assert plan.published()[-1].version is None


async def test_several_plans_are_open_at_once(editor: Editor) -> None:
    one = editor.open("def a(b): ...\n")
    other = editor.open("def a(c): ...\n")
    one.edit("(b)", "()")
    assert await one.diagnostics() == ()
    assert [other.at(found.range) for found in await other.diagnostics()] == ["c"]


async def test_an_edit_of_a_plan_that_is_not_open_changes_nothing(
    editor: Editor, caplog: pytest.LogCaptureFixture
) -> None:
    plan = editor.open("def a(): return 1\n")
    plan.close()
    plan.change(lsp.TextDocumentContentChangeWholeDocument(text="def b(: pass"))
    await editor.settle()
    assert [params.diagnostics for params in plan.published()] == [(), ()]
    assert caplog.messages == [f"didChange for {plan.uri}, which is not open"]
    caplog.clear()
