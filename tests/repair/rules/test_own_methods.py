"""Methods that a class does not have, by what they are called."""

import pytest

from codeact_lsp.repair.rules.own_methods import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

_CASES = {
    "of Python": ("self.max(rows)", "Write 'max'", "max(rows)"),
    "of a star": ("list(self.accumulate(rows))", "Write 'accumulate'", "list(accumulate(rows))"),
    "a length": ("self.length(rows)", "Write 'len(rows)'", "len(rows)"),
    "of what is given": (
        "list(self.get_values({1: 2}))",
        "Write '{1: 2}.values()'",
        "list({1: 2}.values())",
    ),
    "an operation": ("self.remainder(rows[0], 3)", "Write 'rows[0] % 3'", "rows[0] % 3"),
    "a language's": ("self.contains(rows, 4)", "Write '4 in rows'", "4 in rows"),
}


@pytest.mark.parametrize(("call", "title", "mended"), _CASES.values(), ids=_CASES)
async def test_what_it_is_called(bench: Bench, call: str, title: str, mended: str) -> None:
    plan = """
        from itertools import *

        class _Stock:
            def look(self, rows: list[int]) -> object:
                return CALL

        def a(rows: list[int] = [4, 5]) -> object:
            return _Stock().look(rows)
        """
    await bench.check_fix(plan.replace("CALL", call), title, plan.replace("CALL", mended))


async def test_all_of_them_at_once(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Stock:
            def spread(self, rows: list[int]) -> int:
                return self.max(rows) - self.min(rows)

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().spread(rows)
        """,
        "Write 'max' in 2 places",
        """
        class _Stock:
            def spread(self, rows: list[int]) -> int:
                return max(rows) - min(rows)

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().spread(rows)
        """,
    )


async def test_a_sum_of_two_numbers_is_none_of_python(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Stock:
            def look(self, rows: list[int]) -> bool:
                more = -self.sum(rows[0], 2)
                return self.lessThan(more, rows[1])

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().look(rows)
        """,
        "Write 'rows[0] + 2' in 2 places",
        """
        class _Stock:
            def look(self, rows: list[int]) -> bool:
                more = -(rows[0] + 2)
                return more < rows[1]

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().look(rows)
        """,
    )


async def test_a_name_in_other_letters(bench: Bench) -> None:
    await bench.check_offer(
        """
        class _Stock:
            def look(self, rows: list[int]) -> int:
                total = sum(rows)
                return self.Total

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().look(rows)
        """,
        "Write 'total'",
        """
        class _Stock:
            def look(self, rows: list[int]) -> int:
                total = sum(rows)
                return total

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().look(rows)
        """,
    )


async def test_a_function_that_nothing_defines(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [4, 7]) -> object:
            return length(rows)
        """,
        "Write 'len(rows)'",
        """
        def a(rows: list[int] = [4, 7]) -> object:
            return len(rows)
        """,
    )


async def test_a_name_that_says_nothing(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        class _Stock:
            def look(self, rows: list[int]) -> int:
                return self.frobnicate(rows)

        def a(rows: list[int] = [4, 7]) -> object:
            return _Stock().look(rows)
        """,
    )
