"""A list of equal items that is made one too short."""

import pytest

from codeact_lsp.repair.rules.lengths import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            """
            def ways(n: int = 4) -> int:
                best = [1] * n
                for i in range(2, n + 1):
                    best[i] = best[i - 1] + best[i - 2]
                return best[n]
            """,
            "[1] * n",
            "[1] * (n + 1)",
        ),
        (
            """
            def common(a: str = "abc", b: str = "bc") -> int:
                m, n = len(a), len(b)
                table = [[0] * n for _ in range(m)]
                for i in range(1, m + 1):
                    for j in range(1, n + 1):
                        same = table[i - 1][j - 1] + 1
                        other = max(table[i - 1][j], table[i][j - 1])
                        table[i][j] = same if a[i - 1] == b[j - 1] else other
                return table[m][n]
            """,
            "[[0] * n for _ in range(m)]",
            "[[0] * (n + 1) for _ in range(m + 1)]",
        ),
    ],
    ids=["a row", "rows"],
)
async def test_there_is_one_item_more(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text", ["def a():\n    b = [1]\n    return b[3]\n", "def a():\n    return {}[1]\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_last_of_those_that_were_filled(bench: Bench) -> None:
    await bench.check_first(
        """
        def _paths(m: int, n: int) -> int:
            best = [[1] * n for _ in range(m)]
            for i in range(1, m):
                for j in range(1, n):
                    best[i][j] = best[i - 1][j] + best[i][j - 1]
            return best[m][n]

        def a() -> object:
            return _paths(3, 2)
        """,
        "best[m][n]",
        "best[m - 1][n - 1]",
    )
