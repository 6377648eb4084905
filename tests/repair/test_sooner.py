"""A value that is converted where the variable gets it, for all places that read it."""

import pytest

from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_a_variable_is_set_for_all_that_read_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "n=3") -> list[int]:
            count = text.partition("=")[2]
            double = count * 2 - 1
            return [double, 2 - count, count]
        """,
        'text.partition("=")[2]',
        'int(text.partition("=")[2])',
    )


async def test_the_number_of_what_a_variable_was_set_to(bench: Bench) -> None:
    fixes = await bench.meant(
        """
        def _shared(one: list[int], other: list[int]) -> list[int]:
            return [each for each in one if each in other]

        def a() -> list[int]:
            row = [1, 2, 3]
            count = _shared(row, [2, 3, 4])
            left = len(row) - count
            return row[count:] + [left]
        """
    )
    assert "Set 'count' to 'len' of it" in [fix.label for fix in fixes]


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    n = '3'\n    return 2 - n\n",
        "def a(k=1):\n    n = '3'\n    if k > 1:\n        n = '4'\n    return [2 - n, n]\n",
    ],
)
async def test_not_of_one_that_is_read_once_or_set_twice(bench: Bench, text: str) -> None:
    fixes = await bench.fixes(text)
    assert fixes
    assert not any(fix.label.startswith("Set ") for fix in fixes)
