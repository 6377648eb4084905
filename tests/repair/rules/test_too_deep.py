"""Items where the list itself is wanted."""

import pytest

from codeact_lsp.repair.rules.too_deep import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_gone_through(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(low: list[int] = [4, 5], high: list[int] = [9, 8]) -> object:
            return min(high[0], default=0) - sum(low[0])
        """,
        "Write 'high' in 2 places",
        """
        def a(low: list[int] = [4, 5], high: list[int] = [9, 8]) -> object:
            return min(high, default=0) - sum(low)
        """,
    )


async def test_what_the_function_declares(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(digits: list[int] = [4]) -> list[int]:
            return digits[1]
        """,
        "Write 'digits'",
        """
        def a(digits: list[int] = [4]) -> list[int]:
            return digits
        """,
    )


async def test_an_item_that_is_declared(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(digits: list[int] = [4]) -> int:
            return digits[1]
        """,
    )
