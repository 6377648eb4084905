"""Fixes are looked for while nothing runs, and are not lost when something does."""

import pytest

from tests.carets import dedent
from tests.server.editor import Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")

SLOW_TO_TRY = """
    import time

    def row(): return {"amount": 1}

    def total(row):
        amount = row["ammount"]
        time.sleep(1)
        return amount

    def other(): return 1
    """


async def test_a_run_of_another_node_only_delays_the_fixes(editor: Editor) -> None:
    plan = editor.open(SLOW_TO_TRY)
    assert await plan.run() == "failed"
    assert await plan.run("other") == "done"
    await plan.until_fixed()
    (action,) = await plan.actions("¦ammount", only=["quickfix"])
    assert plan.title(action) == "Rename 'ammount' to 'amount': runs, 0 ms"


async def test_a_failure_that_was_run_again_is_not_tried_twice(editor: Editor) -> None:
    plan = editor.open(SLOW_TO_TRY)
    assert await plan.run() == "failed"
    assert await plan.run("total") == "failed"
    await plan.until_fixed()
    assert len(await plan.actions("¦ammount", only=["quickfix"])) == 1


async def test_a_fix_outlives_a_comment_behind_its_function(editor: Editor) -> None:
    plan = editor.open(SLOW_TO_TRY)
    assert await plan.run() == "failed"
    await plan.until_fixed()
    plan.edit("return amount\n", "return amount\n\n# What follows is not needed.\n")
    (action,) = await plan.actions("¦ammount", only=["quickfix"])
    assert plan.title(action) == "Rename 'ammount' to 'amount': runs, 0 ms"


@pytest.mark.parametrize(
    ("old", "new"),
    [("total * 2", "total * 3"), ("def other", "def after(total): return 2\n\ndef other")],
    ids=["edited", "added"],
)
async def test_a_title_says_nothing_of_dependent_nodes_that_are_others_now(
    editor: Editor, old: str, new: str
) -> None:
    plan = editor.open(f"{dedent(SLOW_TO_TRY)}\ndef twice(total): return total * 2\n")
    assert await plan.run() == "failed"
    await plan.until_fixed()

    async def titles() -> list[str]:
        actions = await plan.actions("¦ammount", only=["quickfix"])
        shown = (await plan.command("failure", node="total"))["fixes"]
        assert [each.title for each in actions] == shown
        return [plan.title(each) for each in actions]

    proven = ["Rename 'ammount' to 'amount': runs, 1 of 1 downstream pass, 0 ms"]
    assert await titles() == proven
    plan.edit(old, new)
    dated = "Rename 'ammount' to 'amount': runs, downstream has changed since, 0 ms"
    assert await titles() == [dated]
    plan.edit(new, old)
    assert await titles() == proven


TWO_WAYS = """
    import time

    def row(): return {"amount": 1, "amounts": 2}

    def total(row):
        value = row["amuont"]
        if value == 2:
            time.sleep(600)
        return value
    """


async def test_a_search_that_was_cancelled_is_over_and_what_it_found_stays(editor: Editor) -> None:
    plan = editor.open(TWO_WAYS)
    assert await plan.run() == "failed"
    await editor.until(plan.is_searched)
    assert await plan.command("cancel") is True
    await plan.until_fixed()
    (action,) = await plan.actions("¦amuont", only=["quickfix"])
    assert plan.title(action) == "Rename 'amuont' to 'amount': runs, 0 ms"


LEARNT = """
    def rows(): return [3, 1, 2]

    def {name}(rows):
        return rows.{method}()
    """


async def test_a_change_by_hand_is_learnt_in_the_next_run_and_offered_first(
    editor: Editor,
) -> None:
    plan = editor.open(LEARNT.format(name="highest", method="largest"))
    assert await plan.run() == "failed"
    plan.edit("rows.largest()", "max(rows)")
    assert await plan.run() == "done"
    again = editor.open(LEARNT.format(name="top", method="largest"))
    assert await again.run() == "failed"
    await again.until_fixed()
    (action, *_) = await again.actions("¦largest", only=["quickfix"])
    title = "As before: write 'max(rows)': runs, 0 ms"
    assert (again.title(action), action.is_preferred) == (title, True)


async def test_a_quick_fix_that_was_taken_is_offered_first_from_then_on(editor: Editor) -> None:
    text = """
        def rows(): return {"amount": 1, "amounts": 2}

        def NAME(rows):
            return rows["amuont"]
        """
    plan = editor.open(text.replace("NAME", "total"))
    assert await plan.run() == "failed"
    await plan.until_fixed()
    first, second, *_ = await plan.actions("¦amuont", only=["quickfix"])
    plan.apply(second)
    taken = plan.title(second)
    assert plan.title(first) != taken
    assert await plan.run() == "done"
    again = editor.open(text.replace("NAME", "whole"))
    assert await again.run() == "failed"
    await again.until_fixed()
    action, *_ = await again.actions("¦amuont", only=["quickfix"])
    assert again.title(action) == taken
