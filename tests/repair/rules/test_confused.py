"""A variable in the place of another one, which is set and never read."""

import pytest

from codeact_lsp.repair.rules.confused import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_item_is_meant_and_not_all_of_them(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [{"n": 1}, {"n": 2}]
            total = 0
            for row in rows:
                total += rows["n"]
            return total
        """,
        'rows["n"]',
        'row["n"]',
    )


async def test_it_is_for_a_person_to_decide(bench: Bench) -> None:
    best, *_ = await bench.fixes(
        """
        def a() -> object:
            prices, count = [2, 3], 2
            return prices / 2
        """
    )
    assert best.rule != "confused" or not best.preferred


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a():\n    x, y = [], 1\n    return x[y]\n",
        "def a(p=1, q=2, r=3):\n    x = []\n    return x[9]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_variable_that_has_the_method(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[str]:
            lines = []
            for name in ("tea", "oil"):
                lines.append(name.upper())
                name.append("-")
            return lines
        """,
        "name.append",
        "lines.append",
    )


async def test_one_of_those_that_are_gone_through(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[dict[str, int]]:
            rows = [{"n": 1}, {"n": 0}]
            return [row for row in rows if rows["n"] > 0]
        """,
        'rows["n"]',
        'row["n"]',
    )


async def test_the_one_that_was_found_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: tuple = ("tea-x", "milk")) -> object:
            prices, total = {"tea": 2, "milk": 1}, 0
            for word in words:
                name, _, rest = word.partition("-")
                if name in prices:
                    total += prices[rest]
            return total, rest
        """,
        "prices[rest]",
        "prices[name]",
    )


async def test_the_one_that_is_given_elsewhere(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Row:
            def span(self, xs: list) -> int:
                return (max(xs) - min(self)) // len(xs)

        def a() -> int:
            return _Row().span([3, 9])
        """,
        "min(self)",
        "min(xs)",
    )


async def test_a_parameter_and_not_the_object_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Scale:
            def near(self, xs: list, target: int) -> int:
                return min(xs, key=lambda x: (abs(self - target), x))

        def a() -> int:
            return _Scale().near([3, 9], 8)
        """,
        "abs(self - target)",
        "abs(x - target)",
    )


async def test_a_variable_for_the_object_that_has_no_length(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class _Bill:
            def mean(self, amounts: list[int]) -> float:
                return sum(amounts) / len(self)

        def a() -> float:
            return _Bill().mean([3, 4])
        """,
        """
        class _Bill:
            def mean(self, amounts: list[int]) -> float:
                return sum(amounts) / len(amounts)

        def a() -> float:
            return _Bill().mean([3, 4])
        """,
    )
