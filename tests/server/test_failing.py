"""`codeact.failure`: all that is known of how a node failed, in the text as it is now."""

from typing import Any

import pytest

from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = '''
    def rows() -> list[dict[str, int]]:
        return [{"ammount": 2}]

    def _first(rows):
        return rows[0]["amount"]

    def total(rows: list[dict[str, int]]) -> int:
        """The first one."""
        return 2 * _first(rows)
    '''


def cut(plan: Tab, place: dict[str, Any]) -> str:
    """The text at a range of the answer, which is on one line."""
    start, end = place["start"], place["end"]
    line: str = plan.text.split("\n")[start["line"]]
    return line[int(start["character"]) : int(end["character"])]


async def test_a_failure_tells_where_with_which_values_from_where_and_what_mends_it(
    editor: Editor,
) -> None:
    plan = editor.open(PLAN)
    assert await plan.run() == "failed"
    await plan.until_fixed()
    plan.edit("def rows()", "# 📦\n\ndef rows()")
    told = await plan.command("failure", node="total")
    assert told["headline"] == "KeyError: 'amount'"
    assert cut(plan, told["range"]) == '"amount"'
    assert told["line"] == '    return rows[0]["amount"]'
    assert {"text": "rows[0]", "value": "{'ammount': 2}"} in told["values"]
    origin, *_, call = told["places"]
    assert (origin["node"], call["node"]) == ("rows", "total")
    assert cut(plan, origin["range"]) in plan.text.split("\n")[3]
    assert call["message"] == "Called from 'total'."
    assert cut(plan, call["range"]) == "_first(rows)"
    assert any("'ammount'" in title and "runs" in title for title in told["fixes"])
    assert told["searching"] is False


async def test_a_node_that_has_not_failed_as_it_is_now_has_no_failure(editor: Editor) -> None:
    plan = editor.open("def a(n=0):\n    return 1 / n\n\ndef b():\n    return 1\n")
    assert await plan.command("failure", node="a") is None
    assert await plan.run() == "failed"
    assert (await plan.command("failure", node="a"))["line"] == "    return 1 / n"
    assert await plan.command("failure", node="b") is None
    assert await plan.command("failure", node="nobody") is None
    plan.edit("1 / n", "1 // n")
    assert await plan.command("failure", node="a") is None
