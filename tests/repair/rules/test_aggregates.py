"""Values of which some are nothing, or of another type."""

import pytest

from codeact_lsp.repair.rules.aggregates import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_texts_that_are_added_up(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: tuple[dict[str, str], ...] = ({"n": "1"}, {"n": "2"})) -> object:
            return sum(row["n"] for row in rows)
        """,
        "Write 'float(row[\"n\"])'",
        """
        def a(rows: tuple[dict[str, str], ...] = ({"n": "1"}, {"n": "2"})) -> object:
            return sum(float(row["n"]) for row in rows)
        """,
    )


async def test_numbers_and_texts_in_order(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(values: tuple[object, ...] = (3, "2")) -> object:
            return sorted(values)
        """,
        "Write 'sorted(values, key=str)'",
        """
        def a(values: tuple[object, ...] = (3, "2")) -> object:
            return sorted(values, key=str)
        """,
    )


async def test_nothing_among_them(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(values: tuple[object, ...] = (3, None)) -> object:
            return max(values)
        """,
        "Write '[value for value in values if value is not None]'",
        """
        def a(values: tuple[object, ...] = (3, None)) -> object:
            return max([value for value in values if value is not None])
        """,
    )


async def test_lengths_of_what_are_no_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return sum(["aa", "bbbb"])
        """,
        '["aa", "bbbb"]',
        'map(len, ["aa", "bbbb"])',
    )


async def test_the_values_of_a_dictionary(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            counts = {"x": 1, "y": 2}
            return sum(counts)
        """,
        "sum(counts)",
        "sum(counts.values())",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 1 + 'x'\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(("items", "start"), [("[[1], [2]]", "[]"), ("[(1,), (2,)]", "()")])
async def test_lists_and_tuples_are_added_to_an_empty_one(
    bench: Bench, items: str, start: str
) -> None:
    text = f"def a(): return sum({items})\n"
    await bench.check_first(text, f"sum({items})", f"sum({items}, {start})")
