"""Row and column in each other's place."""

import pytest

from codeact_lsp.repair.rules.swapped_indexes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_they_are_looked_up(bench: Bench) -> None:
    await bench.check_first(
        """
        def total(grid: list = [[1, 2, 3], [4, 5, 6]]) -> int:
            found = 0
            for row in range(2):
                for column in range(3):
                    found += grid[column][row]
            return found
        """,
        "grid[column][row]",
        "grid[row][column]",
    )


async def test_where_the_table_is_made(bench: Bench) -> None:
    await bench.check_first(
        """
        def turned(grid: list = [[1, 2, 3], [4, 5, 6]]) -> list:
            rows, columns = len(grid), len(grid[0])
            made = [[0] * columns for _ in range(rows)]
            for row in range(rows):
                for column in range(columns):
                    made[column][row] = grid[row][column]
            return made
        """,
        "[[0] * columns for _ in range(rows)]",
        "[[0] * rows for _ in range(columns)]",
    )


@pytest.mark.parametrize("text", ["def a():\n    return [][0]\n", "def a():\n    return {}[1]\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
