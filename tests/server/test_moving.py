"""What was seen of a run follows the code: it moves with it, hides with it, comes back with it."""

import pytest

from tests.carets import dedent
from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def orders(): return [3, 0]

    def rate(orders):
        first, second = orders
        return first / second

    def other(): return 1
    """


async def failed(editor: Editor) -> Tab:
    """The plan, after a run in which `rate` failed."""
    plan = editor.open(PLAN)
    assert await plan.run() == "failed"
    return plan


async def check_marked(plan: Tab, *places: str) -> None:
    """The run's failure is marked at these places of the text as it is now."""
    found = await plan.diagnostics()
    assert [plan.at(each.range) for each in found if each.code == "user"] == list(places)


async def test_an_edit_above_moves_the_failure(editor: Editor) -> None:
    plan = await failed(editor)
    plan.edit("def orders", "# The orders,\n# 📦 by hand.\n\ndef orders")
    assert await plan.shown() == dedent(
        """
        # The orders,
        # 📦 by hand.

        def orders(): return [3, 0]
                      ^^^^^^^^^^^^^ ↳ `second` (0) is a part of what was made here.

        def rate(orders):
            first, second = orders
            return first / second
                   ^^^^^^^^^^^^^^ user: ZeroDivisionError: division by zero

        def other(): return 1
            ^^^^^ dead-node hint: Node 'other' is cut off: no other node needs it, and it needs
            ... none.
        """
    )


async def test_an_edit_below_leaves_the_failure_where_it_is(editor: Editor) -> None:
    plan = await failed(editor)
    plan.edit("return 1", "return 1 + 1\n\ndef more(): return 2")
    await check_marked(plan, "first / second")


@pytest.mark.parametrize(
    ("code", "commented"),
    [
        ("    first, second", "    # Two of them,\n\n    # in order.\n    first, second"),
        ("first / second", "first / second  # Never 0?\n    # The end."),
        ("def rate(orders):", "def rate(orders):  # Once a day."),
        (
            "    first, second = orders\n    return first / second",
            "    # Above.\n    first, second = orders\n    return first / second\n    # Below.",
        ),
        ("first, second = orders", "(first, second) = orders"),
    ],
    ids=["above", "below", "beside its head", "above and below", "a bracket above"],
)
async def test_what_changes_no_code_of_the_failing_function_keeps_the_failure_in_place(
    editor: Editor, code: str, commented: str
) -> None:
    plan = await failed(editor)
    plan.edit(code, commented)
    await check_marked(plan, "first / second")


async def test_a_comment_does_not_hide_the_results(editor: Editor) -> None:
    plan = await failed(editor)
    plan.edit("def orders(): return", "def orders():  # By hand.\n    return")
    assert (await plan.lenses())["orders"][1] == "✓ 0 ms · list 2 items"


async def test_an_edit_of_the_failing_code_hides_the_failure_and_an_undo_brings_it_back(
    editor: Editor,
) -> None:
    plan = await failed(editor)
    plan.edit("first / second", "first / (second + 1)")
    await check_marked(plan)
    plan.edit("first / (second + 1)", "first / second")
    await check_marked(plan, "first / second")


async def test_an_edit_upstream_hides_the_failure_too(editor: Editor) -> None:
    plan = await failed(editor)
    plan.edit("[3, 0]", "[3, 1]")
    await check_marked(plan)
    assert await plan.lenses() == {
        "": ["▶ Run plan (2 of 3 to run, ~0 ms)"],
        "orders": ["▶ Run", "▶ Run with downstream"],
        "rate": ["▶ Run"],
        "other": ["▶ Run", "✓ 0 ms · int 1"],
    }
    plan.edit("[3, 1]", "[3, 0]")
    await check_marked(plan, "first / second")


async def test_an_edit_of_a_helper_hides_what_was_seen_of_its_users(editor: Editor) -> None:
    plan = editor.open(
        """
        def _limit(): return 0

        def a(): return 1 / _limit()

        def b(): return 2
        """
    )
    assert await plan.run() == "failed"
    plan.edit("return 0", "return 4")
    await check_marked(plan)
    assert (await plan.lenses())["b"] == ["▶ Run", "✓ 0 ms · int 2"]


async def test_a_moved_function_takes_its_failure_along(editor: Editor) -> None:
    plan = await failed(editor)
    rate = "def rate(orders):\n    first, second = orders\n    return first / second\n\n"
    plan.edit(rate, "")
    await check_marked(plan)
    plan.edit("def orders", f"{rate}def orders")
    assert await plan.shown() == dedent(
        """
        def rate(orders):
            first, second = orders
            return first / second
                   ^^^^^^^^^^^^^^ user: ZeroDivisionError: division by zero

        def orders(): return [3, 0]
                      ^^^^^^^^^^^^^ ↳ `second` (0) is a part of what was made here.

        def other(): return 1
            ^^^^^ dead-node hint: Node 'other' is cut off: no other node needs it, and it needs
            ... none.
        """
    )


async def test_a_syntax_error_elsewhere_does_not_hide_the_failure(editor: Editor) -> None:
    plan = await failed(editor)
    plan.edit("def other()", "def other(")
    await check_marked(plan, "first / second")


async def test_a_plan_that_is_edited_while_it_runs_shows_the_run_only_where_it_still_speaks(
    editor: Editor,
) -> None:
    plan = editor.open(
        """
        import time
        from pathlib import Path

        def held():
            while not Path("go").exists():
                time.sleep(0.01)
            return 1 / 0

        def same(held): return held
        """
    )
    running = editor.soon(plan.run())
    await editor.until_event("NodeStarted", node="held")
    plan.edit("1 / 0", "1 / 1")
    plan.path.with_name("go").touch()
    assert await running == "failed"
    await check_marked(plan)
    plan.edit("1 / 1", "1 / 0")
    await check_marked(plan, "1 / 0")


async def test_a_reopened_plan_is_a_new_one(editor: Editor) -> None:
    plan = await failed(editor)
    plan.close()
    assert await plan.diagnostics() == ()
    plan.reopen()
    await check_marked(plan)


async def test_a_node_of_another_name_is_another_node_until_the_undo(editor: Editor) -> None:
    plan = await failed(editor)
    plan.edit("def rate", "def ratio")
    await check_marked(plan)
    plan.edit("def ratio", "def rate")
    await check_marked(plan, "first / second")


async def test_a_line_of_the_module_that_fails_all_nodes_moves_hides_and_comes_back(
    editor: Editor,
) -> None:
    plan = editor.open("LIMIT = 1 / 0\n\ndef a(): return LIMIT\n\ndef b(): return LIMIT\n")
    assert await plan.run() == "failed"
    plan.edit("LIMIT = 1", "# A number.\nLIMIT = 1")
    await check_marked(plan, "1 / 0")
    plan.edit("def a(): return LIMIT", "def a(): return 1")
    await check_marked(plan, "1 / 0")
    plan.edit("1 / 0", "1 / 1")
    await check_marked(plan)
    plan.edit("1 / 1", "1 / 0")
    await check_marked(plan, "1 / 0")
