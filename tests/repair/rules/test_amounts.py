"""A list that is compared or counted with, where what it amounts to is meant."""

import pytest

from codeact_lsp.repair.rules.amounts import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_share_of_the_sum(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(values: list[int] = [1, 2]) -> object:
            return values / 2
        """,
        "Write 'sum(values)'",
        """
        def a(values: list[int] = [1, 2]) -> object:
            return sum(values) / 2
        """,
    )


async def test_the_largest_of_them(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a(scores: list[int] = [1, 2]) -> object:
            return scores > 1
        """,
        "Write 'max(scores)'",
        """
        def a(scores: list[int] = [1, 2]) -> object:
            return max(scores) > 1
        """,
    )


async def test_a_list_that_is_written_out_is_none(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(total: int = 1) -> object:
            return total / [1, 2]
        """,
    )
