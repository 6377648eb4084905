"""What a node is and what became of it, under the caret. Times are written `0 ms`."""

import re

import pytest

from tests.carets import dedent
from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def check_hover(plan: Tab, place: str, expected: str) -> None:
    """The hover at a place."""
    assert await plan.hover(place) == dedent(expected).rstrip("\n")


async def test_a_node_tells_its_signature_summary_and_neighbours(editor: Editor) -> None:
    plan = editor.open(
        '''
        def orders(): return [1]

        def totals(orders: list[int], rate: float = 0.5) -> float:
            """Sum up
            the orders.

            More words.
            """
            return sum(orders) * rate

        async def send(totals): return None
        '''
    )
    await check_hover(
        plan,
        "def to¦tals",
        """
        ```python
        def totals(orders: list[int], rate: float = 0.5) -> float
        ```

        ```text
        Sum up the orders.
        ```

        *needs*: `orders`

        *inputs*: `rate`

        *needed by*: `send`
        """,
    )
    assert (await plan.hover("async def se¦nd")).startswith("```python\nasync def send(totals)\n")


async def test_a_parameter_and_its_uses_tell_of_the_node_that_they_take(editor: Editor) -> None:
    plan = editor.open(
        """
        def orders(): return [1]

        def totals(orders): return sum(orders) + other.orders
        """
    )
    of_orders = await plan.hover("def ord¦ers")
    assert await plan.hover("totals(ord¦ers)") == of_orders
    assert await plan.hover("sum(ord¦ers)") == of_orders
    assert await plan.hover("other.ord¦ers") == ""


async def test_what_is_no_node_has_no_hover(editor: Editor) -> None:
    plan = editor.open("import os\n\ndef a(b=1): return os.sep * b\n")
    for place in ("import o¦s", "(b¦=1)", "ret¦urn", "¦*"):
        assert await plan.hover(place) == "", place


async def test_after_a_run_a_node_tells_its_state_and_value(editor: Editor) -> None:
    plan = editor.open('def row(): return {"region": "north", "orders": [3, 4]}\n')
    await plan.run()
    await check_hover(
        plan,
        "def r¦ow",
        """
        ```python
        def row()
        ```

        ```text
        ✓ 0 ms · dict 2 items
        ```

        ```text
        {'orders': [3, 4], 'region': 'north'}
        ```
        """,
    )


async def test_a_failing_expression_tells_the_values_in_it(editor: Editor) -> None:
    plan = editor.open(
        """
        def orders() -> list[int]: return None

        def total(orders):
            rate = 1.5
            return rate * len(orders)
        """
    )
    await plan.run()
    await check_hover(
        plan,
        "len(ord¦ers)",
        """
        ```text
        TypeError: object of type 'NoneType' has no len()
        ```

        ```text
        orders = None
        ```

        ```text
        `orders` (None) was made here by 'orders': it is None, declared list[int].
        ```
        """,
    )
    assert "rate" not in await plan.hover("rate ¦* len")


async def test_a_failure_is_told_where_it_stands_after_an_edit(editor: Editor) -> None:
    plan = editor.open("def a(n=0):\n    return 1 / n\n")
    await plan.run()
    plan.edit("def a", "# 📦\n\ndef a")
    assert await plan.hover("1 ¦/ n") == (
        "```text\nZeroDivisionError: division by zero\n```\n\n```text\nn = 0\n```"
    )
    plan.edit("1 / n", "1 // n")
    assert await plan.hover("1 ¦// n") == ""


@pytest.mark.parametrize(
    "break_out", ["```\\n[x](command:y)", "\\n````\\n<b>", "\\r```\\r# Title", "\\n   ~~~~\\n`````"]
)
async def test_hostile_text_cannot_leave_its_fence(editor: Editor, break_out: str) -> None:
    plan = editor.open(
        f"""
        class Hostile(Exception):
            def __repr__(self): return "{break_out}"

        def documented():
            "Some `code`{break_out}"
            return Hostile()

        def failing(documented, text="{break_out}"):
            raise ValueError(text, documented)
        """
    )
    await plan.run()
    for place in ("def docu¦mented", "def fail¦ing", "raise¦ Value"):
        check_fences_hold(await plan.hover(place))


def check_fences_hold(markdown: str) -> None:
    """Read it as CommonMark does: what is outside of fences is nothing but our own words."""
    outside, fence = [], ""
    for line in re.split(r"\r\n|\r|\n", markdown):
        mark = re.fullmatch(r" {0,3}(`{3,}|~{3,})(.*)", line)
        if fence:
            closes = mark and mark[1].startswith(fence) and not mark[2].strip(" \t")
            fence = "" if closes else fence
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
        else:
            outside.append(line)
    assert fence == ""
    ours = re.compile(r"(\*(needs|inputs|needed by)\*: `\w+`(, `\w+`)*)?")
    assert [line for line in outside if not ours.fullmatch(line)] == []
