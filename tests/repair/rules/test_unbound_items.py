"""One name that is set to several values, of which the function reads another one."""

import pytest

from codeact_lsp.repair.rules.unbound_items import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("row = places.pop()", "row, column = places.pop()"),
        ("row = places[0][0], places[0][1]", "row, column = places[0][0], places[0][1]"),
    ],
)
async def test_both_are_bound_together(bench: Bench, line: str, mended: str) -> None:
    await bench.check_first(
        f"""
        def a() -> int:
            grid, places = [[1, 2], [3, 4]], [(0, 1)]
            {line}
            above = row + 1
            return grid[above][column]
        """,
        line,
        mended,
    )


async def test_the_other_way_round(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a() -> str:
            name = ("tea", 2)
            return name.upper() * count
        """,
        """
        def a() -> str:
            name, count = ("tea", 2)
            return name.upper() * count
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    pair = 1, 2\n    return pair + 1\n",
        "def a():\n    text = 'x'\n    return text + 1 + rest\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_two_that_are_exchanged(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(low: int = 7, high: int = 2) -> int:
            if low > high:
                low = high, low
            return high - low
        """,
        "low = high, low",
        "low, high = high, low",
    )


async def test_one_that_is_never_set(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "abc") -> int:
            size = 0, 0
            for char in text:
                if size + 1 > 2:
                    parts += 1
                size = 1
            return parts + size
        """,
        "size = 0, 0",
        "size, parts = 0, 0",
    )


async def test_one_that_is_read_for_its_own_next_value(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "ab") -> int:
            depth = 0, 0
            for char in text:
                depth += 1
                most = max(most, depth)
            return most
        """,
        "depth = 0, 0",
        "depth, most = 0, 0",
    )


async def test_the_items_of_a_loop_that_counts(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ("tea", "rice")) -> list[str]:
            found = []
            for place in enumerate(rows):
                found.append(f"{row} {place}")
            return found
        """,
        """
        def a(rows: tuple = ("tea", "rice")) -> list[str]:
            found = []
            for place, row in enumerate(rows):
                found.append(f"{row} {place}")
            return found
        """,
    )


async def test_the_names_that_another_line_sets_to_as_many(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(numbers: tuple = (3, 1, 2)) -> int:
            most, least = numbers[0], numbers[0]
            for number in numbers:
                most = max(most, number), min(least, number)
            return most - least
        """,
        """
        def a(numbers: tuple = (3, 1, 2)) -> int:
            most, least = numbers[0], numbers[0]
            for number in numbers:
                most, least = max(most, number), min(least, number)
            return most - least
        """,
    )


async def test_the_functions_of_a_function_are_bound(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(texts: tuple = ("a",)) -> int:
            found = texts.index("a")

            def shown(text: str) -> None:
                text.upper()

            return found + shown("a")
        """,
    )
