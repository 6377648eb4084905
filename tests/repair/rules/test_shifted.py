"""Places that are off by one for all of a loop."""

import pytest

from codeact_lsp.repair.rules.shifted import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_further_in_every_look(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(prices: list[int] = [4, 9, 5]) -> object:
            most = 0
            for at in range(len(prices)):
                if prices[at + 1] > most:
                    most = prices[at + 1]
            return most
        """,
        "Write 'prices[at]' in 2 places",
        """
        def a(prices: list[int] = [4, 9, 5]) -> object:
            most = 0
            for at in range(len(prices)):
                if prices[at] > most:
                    most = prices[at]
            return most
        """,
    )


async def test_neighbours_are_not_one_further(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(prices: list[int] = [4, 9, 5]) -> object:
            most = 0
            for at in range(len(prices)):
                if prices[at + 1] > prices[at]:
                    most = prices[at + 1]
            return most
        """,
    )


async def test_lengths_that_are_counted(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(one: str = "tin", other: str = "pine") -> object:
            common = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
            for x in range(1, len(one) + 1):
                for y in range(1, len(other) + 1):
                    if one[x] == other[y]:
                        common[x][y] = common[x - 1][y - 1] + 1
                    else:
                        common[x][y] = max(common[x - 1][y], common[x][y - 1])
            return common[-1][-1]
        """,
        "Write 'other[y - 1]' in 2 places",
        """
        def a(one: str = "tin", other: str = "pine") -> object:
            common = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
            for x in range(1, len(one) + 1):
                for y in range(1, len(other) + 1):
                    if one[x - 1] == other[y - 1]:
                        common[x][y] = common[x - 1][y - 1] + 1
                    else:
                        common[x][y] = max(common[x - 1][y], common[x][y - 1])
            return common[-1][-1]
        """,
    )


async def test_the_last_of_one(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: list[int] = [4]) -> object:
            return rows[-2]
        """,
        "Write '-1'",
        """
        def a(rows: list[int] = [4]) -> object:
            return rows[-1]
        """,
    )


async def test_the_last_of_a_stack(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(rows: list[int] = [4]) -> object:
            return rows.pop(1)
        """,
        "Write 'rows.pop()'",
        """
        def a(rows: list[int] = [4]) -> object:
            return rows.pop()
        """,
    )
