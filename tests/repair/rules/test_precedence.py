"""Operators that take hold of other parts than those that were meant."""

import pytest

from codeact_lsp.repair.rules.precedence import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_subtracted_belongs_to_the_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(card: str = "12345678") -> object:
            return "*" * len(card) - 4
        """,
        "len(card) - 4",
        "(len(card) - 4)",
    )


async def test_a_name_and_its_ending_behind_a_folder(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a(name: str = "rates") -> object:
            return (Path("data") / name + ".txt").name
        """,
        'name + ".txt"',
        '(name + ".txt")',
    )


async def test_two_conditions_on_columns(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"n": [1, 5, 9]})
            return df[df["n"] > 2 & df["n"] < 8]["n"].tolist()
        """,
        'df["n"] > 2 & df["n"] < 8',
        '(df["n"] > 2) & (df["n"] < 8)',
    )


async def test_all_values_of_a_text_with_places(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "tea", n: int = 3) -> object:
            line = "%s: %d" % name, n
            return line
        """,
        "name, n\n",
        "(name, n)\n",
    )


async def test_a_method_of_the_result(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date, timedelta

        def a() -> object:
            return date(2024, 1, 1) + timedelta(days=1).strftime("%d")
        """,
        "date(2024, 1, 1) + timedelta(days=1)",
        "(date(2024, 1, 1) + timedelta(days=1))",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 'a' - 1\n",
        "def a(): return ('a' * 2) - 1\n",
        "def a(): return '%s %s' % 'a'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
