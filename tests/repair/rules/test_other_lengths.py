"""A position counted by the length of one list and looked up in another."""

import pytest

from codeact_lsp.repair.rules.other_lengths import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_length_of_what_is_looked_into(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: list[list[int]] = [[1, 2], [3, 4, 5]]) -> object:
            best = [0] * 2
            for row in rows:
                for at in range(len(row)):
                    best[at] += row[at]
            return best
        """,
        "Write 'len(best)'",
        """
        def a(rows: list[list[int]] = [[1, 2], [3, 4, 5]]) -> object:
            best = [0] * 2
            for row in rows:
                for at in range(len(best)):
                    best[at] += row[at]
            return best
        """,
    )


async def test_the_shorter_of_both_lengths(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: list[list[int]] = [[1, 2], [3, 4, 5]]) -> object:
            best = [0] * 2
            for row in rows:
                for at in range(len(row)):
                    best[at] += row[at]
            return best
        """,
        "Write 'min(len(row), len(best))'",
        """
        def a(rows: list[list[int]] = [[1, 2], [3, 4, 5]]) -> object:
            best = [0] * 2
            for row in rows:
                for at in range(min(len(row), len(best))):
                    best[at] += row[at]
            return best
        """,
    )


async def test_the_longer_of_both_where_the_shorter_is_meant(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(one: list[int] = [1, 2], other: list[int] = [3]) -> object:
            return [one[at] + other[at] for at in range(max(len(one), len(other)))]
        """,
        "max(",
        "min(",
    )


async def test_the_same_items_once_more(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(names: list[str] = ["x", "y"], slots: list[int] = [1, 2, 3]) -> object:
            return {slot: names[at] for at, slot in enumerate(slots)}
        """,
        "Write 'at % len(names)'",
        """
        def a(names: list[str] = ["x", "y"], slots: list[int] = [1, 2, 3]) -> object:
            return {slot: names[at % len(names)] for at, slot in enumerate(slots)}
        """,
    )


async def test_a_position_that_nothing_counts(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [1, 2], at: int = 5) -> object:
            return rows[at]
        """,
    )
