"""`codeact.states`: what is known of each node, for clients that draw it themselves."""

from typing import Any

import pytest

from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def rows(): return [1, 2]
    def ratio(rows): return rows[0] / 0
    def report(ratio): return ratio
    """


async def nodes(plan: Tab) -> dict[str, Any]:
    return {each["node"]: each for each in (await plan.command("states"))["nodes"]}


async def test_nothing_is_known_before_a_run(editor: Editor) -> None:
    told = await editor.open(PLAN).command("states")
    assert told == {"running": False, "stale": [], "nodes": []}


async def test_each_node_is_told_of_with_its_state(editor: Editor) -> None:
    plan = editor.open(PLAN)
    assert await plan.run() == "failed"
    rows, ratio, report = (await nodes(plan)).values()
    assert (rows["node"], rows["status"], rows["value"]) == ("rows", "done", "[1, 2]")
    assert rows["wall"] > 0
    assert (ratio["status"], ratio["error"]) == ("failed", "ZeroDivisionError: division by zero")
    assert ratio["line"].startswith("✗ ZeroDivisionError")
    assert (report["status"], report["by"]) == ("blocked", ["ratio"])


async def test_a_failure_is_placed_in_the_text_as_it_is_now(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    plan.edit("def rows", "# Moved.\ndef rows")
    assert (await nodes(plan))["ratio"]["range"] == {
        "start": {"line": 2, "character": 24},
        "end": {"line": 2, "character": 35},
    }


async def test_an_edit_hides_what_it_affects_and_makes_it_stale(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    plan.edit("/ 0", "/ 2")
    told = await plan.command("states")
    assert [each["node"] for each in told["nodes"]] == ["rows"]
    assert told["stale"] == ["ratio", "report"]
