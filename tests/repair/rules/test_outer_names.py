"""Names that nothing sets, where the functions around have what was meant."""

import pytest

from codeact_lsp.repair.rules.outer_names import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_the_function_around_has_and_nothing_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(prices: list[int] = [4, 9]) -> object:
            def dearest() -> int:
                return max(zzz_list)

            return dearest()
        """,
        "zzz_list",
        "prices",
    )


async def test_a_name_that_was_made_longer(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(prices: list[int] = [4, 9]) -> object:
            best = max(prices)
            return best_of_everything
        """,
        "best_of_everything",
        "best",
    )


async def test_two_that_may_be_meant(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(low: int = 4, high: int = 9) -> object:
            def between() -> int:
                return zzz

            return between()
        """,
    )


async def test_not_where_another_one_is_a_letter_away(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(left: int = 1, left_index: int = 2) -> int:
            return left + left_indexs
        """,
    )
