"""Names on the left that do not fit what comes from the right."""

import pytest

from codeact_lsp.repair.rules.unpacking import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_items_of_a_dictionary(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return [name for name, count in table]
        """,
        "Write 'table.items()'",
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return [name for name, count in table.items()]
        """,
    )


async def test_items_with_their_numbers(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(numbers: list[int] = [7, 8]) -> object:
            return [at for at, n in numbers]
        """,
        "Write 'enumerate(numbers)'",
        """
        def a(numbers: list[int] = [7, 8]) -> object:
            return [at for at, n in enumerate(numbers)]
        """,
    )


async def test_a_text_that_holds_the_separator_twice(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(line: str = "a=b=c") -> object:
            key, value = line.split("=")
            return value
        """,
        "Write 'line.split(\"=\", 1)'",
        """
        def a(line: str = "a=b=c") -> object:
            key, value = line.split("=", 1)
            return value
        """,
    )


async def test_another_separator(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(line: str = "a,3") -> object:
            name, cost = line.split(";")
            return cost
        """,
        'Split at ","',
        """
        def a(line: str = "a,3") -> object:
            name, cost = line.split(",")
            return cost
        """,
    )


async def test_more_names_than_values(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            name, cost, unit = ("a", 3)
            return cost
        """,
        "Write 'name, cost'",
        """
        def a() -> object:
            name, cost = ("a", 3)
            return cost
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
