"""A call that leaves out an argument."""

import pytest

from codeact_lsp.repair.rules.missing_arguments import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_variable_is_called_as_the_parameter_is(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            width, height = 2, 3
            return _area(width) + height

        def _area(width: int, height: int) -> int:
            return width * height
        """,
        "_area(width) ",
        "_area(width, height) ",
    )


async def test_nothing_else_reads_the_variable(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            for word in ("x", "y"):
                found.append()
            return found
        """,
        "append()",
        "append(word)",
    )


async def test_a_single_one_is_what_nobody_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            price, count = 2, 3
            return _cost(price)

        def _cost(one: int, times: int) -> int:
            return one * times
        """,
        "_cost(price)",
        "_cost(price, count)",
    )


async def test_the_first_parameter_where_nothing_is_given(bench: Bench) -> None:
    await bench.check_first(
        """
        from itertools import tee

        def a(rows: tuple = (1, 2), cyclic: bool = False) -> list[int]:
            one, other = tee()
            return [*one, *other] if cyclic else list(rows) + list(one)
        """,
        "tee()",
        "tee(rows)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a():\n    return [].append()\n",
        "def a():\n    return _b()\ndef _b(x, y): return x\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_item_of_the_loop(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            for word in ("x", "y"):
                if word != "x":
                    found.append()
            return found
        """,
        "append()",
        "append(word)",
    )


async def test_the_one_parameter(bench: Bench) -> None:
    await bench.check_first(
        """
        def _code(char: str) -> int:
            return ord() if char else 0

        def a() -> object:
            return _code("x")
        """,
        "ord()",
        "ord(char)",
    )


async def test_where_it_is_missing(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        MARKS = re.compile("[.!]")

        def _bare(text: str) -> str:
            return MARKS.sub("")

        def a() -> str:
            return _bare("tea!")
        """,
        'MARKS.sub("")',
        'MARKS.sub("", text)',
    )


async def test_what_the_statement_makes_anew(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(mark: str = "!", text: str = "tea!") -> str:
            text = re.compile(mark).sub("")
            return text
        """,
        '.sub("")',
        '.sub("", text)',
    )
