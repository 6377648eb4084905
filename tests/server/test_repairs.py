"""Fixes are looked for while nothing runs, and are not lost when something does."""

import pytest

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
