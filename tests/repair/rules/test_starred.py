"""A star before an argument that is wanted whole, or none before one in parts."""

import pytest

from codeact_lsp.repair.rules.starred import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_too_many(bench: Bench) -> None:
    await bench.check_first(
        """
        import random

        def a(options: tuple = ("x", "x", "x")) -> object:
            return random.choice(*options)
        """,
        "*options",
        "options",
    )


async def test_parts_of_a_path(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a(parts: tuple = ("x", "y")) -> object:
            return os.path.join(parts)
        """,
        "join(parts)",
        "join(*parts)",
    )


async def test_a_function_that_takes_any_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def _mean(*numbers: float) -> float:
            total = 0
            for n in numbers:
                total += n
            return total / len(numbers)

        def a() -> object:
            return _mean([1, 2, 3])
        """,
        "_mean([1",
        "_mean(*[1",
    )


async def test_coroutines_that_are_waited_for_together(bench: Bench) -> None:
    await bench.check_first(
        """
        import asyncio

        async def _load(n: int) -> int:
            return n

        async def _all() -> int:
            return sum(await asyncio.gather([_load(n) for n in range(3)]))

        def a() -> object:
            return asyncio.run(_all())
        """,
        "gather([",
        "gather(*[",
    )


async def test_of_a_function_that_is_called_at_once(bench: Bench) -> None:
    await bench.check_first(
        """
        def _all(*steps):
            return lambda value: [step(value) for step in steps]

        def a() -> object:
            steps = [str, float]
            return _all(steps)(3)
        """,
        "_all(steps)",
        "_all(*steps)",
    )


async def test_a_list_for_any_number_of_paths(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def _whole(first: str, *others: str) -> str:
            whole = os.fspath(first)
            for other in others:
                whole = f"{whole}/{other}"
            return whole

        def a() -> str:
            parts = ["a", "b"]
            return _whole(parts)
        """,
        "_whole(parts)",
        "_whole(*parts)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return ', '.join([1, 2])\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_parts_of_a_day(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a() -> object:
            parts = [2024, 5, 4, 12]
            return str(date(parts[:3]))
        """,
        "date(parts[:3])",
        "date(*parts[:3])",
    )


async def test_a_dictionary_by_its_names(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a() -> str:
            parts = {"year": 2024, "month": 5}
            return str(date(2023, 4, 3).replace(parts))
        """,
        "replace(parts)",
        "replace(**parts)",
    )
