"""Keys that are asked for in one form, and looked up in another."""

import pytest

from codeact_lsp.repair.rules.asked_keys import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("form", ["if day + 1 in prices:", "if day and day + 1 in prices:"])
async def test_the_key_that_was_asked_for(bench: Bench, form: str) -> None:
    plan = f"""
        def a(prices: dict[int, int] = {{1: 4, 2: 9}}) -> object:
            steps = []
            for day in prices:
                {form}
                    steps.append(prices[KEY] - prices[day])
            return steps
        """
    await bench.check_fix(
        plan.replace("KEY", "day + 2"), "Write 'day + 1'", plan.replace("KEY", "day + 1")
    )


async def test_within_an_expression(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ages: dict[str, int] = {"Al": 4}) -> object:
            return [ages[name.lower()] if name in ages else 0 for name in ages]
        """,
        "name.lower()",
        "name",
    )


async def test_a_key_that_nobody_asked_for(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(ages: dict[str, int] = {"Al": 4}) -> object:
            return ages["Bo"] if "Al" in ages else 0
        """,
    )


async def test_another_one_is_asked_whether_it_is_empty(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(order: tuple[int, ...] = (0, 0, 1)) -> object:
            waiting = [["Al"], ["Bo"], ["Cy"]]
            served = []
            for desk in order:
                if not waiting[desk + 1]:
                    continue
                served.append(waiting[desk].pop())
            return served
        """,
        "Write 'waiting[desk]'",
        """
        def a(order: tuple[int, ...] = (0, 0, 1)) -> object:
            waiting = [["Al"], ["Bo"], ["Cy"]]
            served = []
            for desk in order:
                if not waiting[desk]:
                    continue
                served.append(waiting[desk].pop())
            return served
        """,
    )
