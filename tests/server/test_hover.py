"""What a node is and what became of it, under the caret. Times are written `0 ms`."""

from pathlib import Path

import pytest
from attrs import evolve
from lsprotocol import types as lsp

from tests.carets import dedent
from tests.server.editor import MODERN, Editor
from tests.server.pair import connected
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
        Sum up
        the orders.

        More words.
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
    for place in ("import o¦s", "(b=¦1)", "ret¦urn", "¦*"):
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

        ```text
        Took 0 ms, of which 0 ms on a processor; at most 0 MB of memory. The value takes 74 bytes.
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


async def test_a_failure_tells_the_fixes_that_were_run(editor: Editor) -> None:
    plan = editor.open("def a(text='x'):\n    return text.uper()\n")
    await plan.run()
    await plan.until_fixed()
    shown = await plan.hover("text.u¦per")
    assert "AttributeError" in shown
    assert "*fixes that were run*\n\n- Rename 'uper' to 'upper': runs" in shown


async def test_what_the_diagnostic_says_is_not_said_again_where_it_is_shown_with_the_hover(
    tmp_path: Path,
) -> None:
    marked = lsp.MarkdownClientCapabilities(parser="marked")
    general = lsp.GeneralClientCapabilities(markdown=marked)
    async with connected(tmp_path, evolve(MODERN, general=general)) as editor:
        plan = editor.open(
            "def orders() -> list[int]: return None\n\n"
            "def total(orders): return len(orders)\n\n"
            "def wrong(): raise ValueError\n"
        )
        await plan.run()
        shown = await plan.hover("len(ord¦ers)")
        assert "orders = None" in shown
        assert "TypeError" not in shown
        assert "was made here" not in shown
        (error,) = [each for each in await plan.diagnostics() if "TypeError" in each.message]
        assert "was made here" in str(error.related_information)
        # There is nothing to add to this one.
        assert await plan.hover("raise Value¦Error") == ""


async def test_a_failure_names_each_origin_that_may_be_meant(editor: Editor) -> None:
    plan = editor.open(
        """
        def left(): return 1

        def right(): return "2"

        def both(left, right): return left + right
        """
    )
    await plan.run()
    shown = await plan.hover("left ¦+ right")
    assert "`left` (1) was made here" in shown
    assert "`right` ('2') was made here" in shown


async def test_a_failure_is_told_where_it_stands_after_an_edit(editor: Editor) -> None:
    plan = editor.open("def a(n=0):\n    return 1 / n\n")
    await plan.run()
    plan.edit("def a", "# 📦\n\ndef a")
    assert await plan.hover("1 ¦/ n") == (
        "```text\nZeroDivisionError: division by zero\n```\n\n```text\nn = 0\n```"
    )
    plan.edit("1 / n", "1 // n")
    assert await plan.hover("1 ¦// n") == ""


async def test_a_docstring_is_told_by_what_it_is_about(editor: Editor) -> None:
    plan = editor.open(
        '''
        def totals(rate: float = 0.5) -> float:
            """Sum up.

            Args:
                rate: Share of *each*
                    order; see <https://example.com>.
            Returns:
                The total, in `EUR`.
            Timeout: 30 s
            Raises:
                ValueError: There are no orders.
            """
            return rate
        '''
    )
    await check_hover(
        plan,
        "def to¦tals",
        r"""
        ```python
        def totals(rate: float = 0.5) -> float
        ```

        ```text
        Sum up.
        ```

        *Args*

        - `rate`: Share of \*each\* order; see \<https\://example.com\>.

        *Returns*

        - The total, in \`EUR\`.

        *Raises*

        - `ValueError`: There are no orders.

        *inputs*: `rate`
        """,
    )


async def test_an_input_tells_where_its_value_comes_from(editor: Editor) -> None:
    plan = editor.open(
        '''
        def a(day: str, rate=0.5, place=None): return day, rate

        def b(rate, day):
            """B.

            Args:
                day: When it
                    was.
            """
            return rate
        ''',
        inputs='day = "Monday"',
    )
    await check_hover(
        plan,
        "rate, d¦ay):",
        """
        ```python
        day
        ```

        ```text
        When it was.
        ```

        ```text
        'Monday', from the plan's .toml file
        ```

        *taken by*: `a`, `b`
        """,
    )
    assert await plan.hover("d¦ay: When") == await plan.hover("rate, d¦ay):")
    assert "0.5, the default" in await plan.hover("ra¦te=0.5")
    assert "No value: give it a default" in await plan.hover("b(ra¦te")


async def test_in_a_docstring_sections_and_names_are_told(editor: Editor) -> None:
    plan = editor.open(
        '''
        def archive(): return 1

        def a(archive):
            """A.

            After: archive
            Timeout: 30 s
            Args:
                archive: The archive.
            """
        '''
    )
    await check_hover(
        plan,
        "Time¦out",
        """
        ```text
        Timeout: Stops each attempt after that time.
        Expects a duration such as '0 ms', '0 ms', '5 min' or '2 h'.
        ```
        """,
    )
    of_archive = await plan.hover("def arch¦ive")
    assert await plan.hover("After: arch¦ive") == of_archive
    assert await plan.hover("arch¦ive: The") == of_archive
    assert await plan.hover("30 ¦s") == await plan.hover("A¦.") == ""
