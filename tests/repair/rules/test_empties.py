"""Nothing where something was to be had of it."""

import pytest

from codeact_lsp.repair.rules.empties import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_share_of_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(count: int = 0) -> object:
            return 3 / count
        """,
        "Write '3 / count if count else 0'",
        """
        def a(count: int = 0) -> object:
            return 3 / count if count else 0
        """,
    )


async def test_the_largest_of_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(numbers: tuple[int, ...] = ()) -> object:
            return max(numbers)
        """,
        "Write 'max(numbers, default=0)'",
        """
        def a(numbers: tuple[int, ...] = ()) -> object:
            return max(numbers, default=0)
        """,
    )


async def test_the_first_of_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(rows: tuple[int, ...] = ()) -> object:
            return rows[0]
        """,
        "Write 'rows[0] if rows else None'",
        """
        def a(rows: tuple[int, ...] = ()) -> object:
            return rows[0] if rows else None
        """,
    )


async def test_the_next_of_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a() -> object:
            return next(n for n in (1, 2) if n > 5)
        """,
        "Write 'next((n for n in (1, 2) if n > 5), None)'",
        """
        def a() -> object:
            return next((n for n in (1, 2) if n > 5), None)
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


async def test_the_first_row_of_no_table(bench: Bench) -> None:
    text = """
        import pandas as pd

        def a():
            rows = pd.Series([], dtype=float)
            return rows.iloc[0]
        """
    await bench.check_hides(
        text,
        "Write 'rows.iloc[0] if len(rows) else None'",
        text.replace("rows.iloc[0]", "rows.iloc[0] if len(rows) else None"),
    )
