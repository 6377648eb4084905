"""A position one too far."""

import pytest

from codeact_lsp.repair.rules.bounds import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_length_as_a_position(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return rows[len(rows)]
        """,
        "Write 'len(rows) - 1'",
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return rows[len(rows) - 1]
        """,
    )


async def test_a_range_that_is_one_too_long(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return [rows[at] for at in range(len(rows) + 1)]
        """,
        "Write 'len(rows)'",
        """
        def a(rows: list[int] = [4, 5]) -> object:
            return [rows[at] for at in range(len(rows))]
        """,
    )


async def test_a_loop_that_does_not_end_in_time(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: list[int] = [4, 5]) -> object:
            at = 0
            while at <= len(rows):
                last = rows[at]
                at += 1
            return last
        """,
        "Write 'at < len(rows)'",
        """
        def a(rows: list[int] = [4, 5]) -> object:
            at = 0
            while at < len(rows):
                last = rows[at]
                at += 1
            return last
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_of_two_neighbours_the_loop_ends_one_earlier(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(values: tuple = (1, 4, 9)) -> object:
            return [values[i + 1] - values[i] for i in range(len(values))]
        """,
        "Write 'len(values) - 1'",
        """
        def a(values: tuple = (1, 4, 9)) -> object:
            return [values[i + 1] - values[i] for i in range(len(values) - 1)]
        """,
    )
