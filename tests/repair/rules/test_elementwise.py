"""A list that is counted with as an array, and operators of containers."""

import pytest

from codeact_lsp.repair.rules.elementwise import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_share_of_each(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(values: tuple = (1, 2, 4)) -> object:
            rows = list(values)
            return rows / max(rows)
        """,
        "rows / max(rows)",
        "[value / max(rows) for value in rows]",
    )


async def test_a_part_of_each(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            prices = [1.0, 2.0]
            return prices * 1.5
        """,
        "prices * 1.5",
        "[value * 1.5 for value in prices]",
    )


async def test_a_whole_number_of_copies(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 4) -> object:
            return [0] * (n / 2)
        """,
        "n / 2",
        "n // 2",
    )


async def test_two_lists_item_by_item(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other = [1, 2], [3, 4]
            return one * other
        """,
        "one * other",
        "[x * y for x, y in zip(one, other)]",
    )


async def test_sets(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return len({1} + {2})
        """,
        "{1} + {2}",
        "{1} | {2}",
    )


async def test_lists_as_sets(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other = [1, 2], [2, 3]
            return len(one & other)
        """,
        "one & other",
        "set(one) & set(other)",
    )


async def test_ranges_as_lists(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return range(2) + range(3)
        """,
        "range(2) + range(3)",
        "list(range(2)) + list(range(3))",
    )


async def test_one_answer_only(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 3) -> object:
            return any(n > 2)
        """,
        "any(n > 2)",
        "n > 2",
    )


async def test_what_is_in_the_first_only(bench: Bench) -> None:
    text = plain(
        """
        def a() -> object:
            one, other = [1, 2], [2, 3]
            return one - other
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace("one - other", "[each for each in one if each not in other]") in made


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 1 + 'x'\n",
        "def a(): return any(3)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_half_that_was_made_before(bench: Bench) -> None:
    best = await bench.check_first(
        """
        def a(n: int = 4) -> object:
            half = n / 2
            return "x" * half, half
        """,
        "n / 2",
        "n // 2",
    )
    assert not best.preferred
