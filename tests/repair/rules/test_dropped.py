"""A value that a function works out and drops, where it was meant to give it back."""

import pytest

from codeact_lsp.repair.rules.dropped import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_was_known_already(bench: Bench) -> None:
    await bench.check_first(
        """
        def _fib(n: int, known: list) -> int:
            if known[n] != -1:
                known[n]
            known[n] = _fib(n - 1, known) + _fib(n - 2, known)
            return known[n]

        def a() -> int:
            return _fib(4, [0, 1, -1, -1, -1])
        """,
        "        known[n]\n",
        "        return known[n]\n",
    )


async def test_where_the_search_was_to_end(bench: Bench) -> None:
    await bench.check_first(
        """
        def _steps(words: list, wanted: str) -> int:
            for steps in range(len(words)):
                if words[steps] == wanted:
                    steps
                if words[steps + 1] < words[steps]:
                    continue

        def a() -> int:
            return _steps(["tea", "oil"], "oil")
        """,
        "            steps\n",
        "            return steps\n",
    )


async def test_set_to_what_nobody_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        def _rows(n: int) -> list:
            if n == 1:
                result = [[1]]
            rows = _rows(n - 1)
            return [*rows, [*rows[-1], n]]

        def a() -> list:
            return _rows(3)
        """,
        "result = [[1]]",
        "return [[1]]",
    )


async def test_printed_by_a_function_that_calls_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def _least(xs: list) -> int:
            if len(xs) == 1:
                return xs[0]
            print(min(xs[0], _least(xs[1:])))

        def a() -> int:
            return _least([3, 1, 2])
        """,
        "print(min(xs[0], _least(xs[1:])))",
        "return min(xs[0], _least(xs[1:]))",
    )


async def test_in_a_function_within_the_one_that_failed(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> int:
            def people(city: str) -> int:
                count = 0
                for road in {"x": ["y"]}.get(city, []):
                    count += people(road)
                total = count + 1

            return people("x") + 1
        """,
        "total = count + 1",
        "return count + 1",
    )


async def test_what_is_filled_elsewhere_has_rather_lost_a_method(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a() -> list:
            open_, found = [], []
            for char in "(x)":
                if char == "(":
                    open_
                elif char == ")":
                    found.append(open_.pop())
            return found
        """
    )
    assert not any(fix.preferred for fix in fixes if fix.label == "Return 'open_'")


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    '''Text.'''\n    ...\n    return int('x')\n",
        "def a():\n    n = 1\n    print(n)\n    return [][n]\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_nothing_that_was_to_be_given_back(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _counted(low: int, high: int, rows: list[int]) -> int:
            if low > high:
                0
            return rows[low] + _counted(low + 1, high, rows)

        def a() -> int:
            return _counted(0, 1, [3, 4])
        """,
        """
        def _counted(low: int, high: int, rows: list[int]) -> int:
            if low > high:
                return 0
            return rows[low] + _counted(low + 1, high, rows)

        def a() -> int:
            return _counted(0, 1, [3, 4])
        """,
    )
