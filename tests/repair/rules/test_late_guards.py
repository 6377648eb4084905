"""Conditions that keep a place within its bounds, and are late by one or turned."""

import pytest

from codeact_lsp.repair.rules.late_guards import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_end_that_is_asked_for_one_too_late(bench: Bench) -> None:
    plan = """
        def _rest(rows: list[int], at: int, count: int) -> int:
            if TEST:
                return 0
            return rows[at] + _rest(rows, at + 1, count)

        def a(rows: list[int] = [4, 5]) -> object:
            return _rest(rows, 0, len(rows))
        """
    await bench.check_fix(
        plan.replace("TEST", "at >= count + 1"),
        "Write 'at >= count'",
        plan.replace("TEST", "at >= count"),
    )


@pytest.mark.parametrize("end", ["len(rows)", "count"])
async def test_an_end_that_may_be_reached(bench: Bench, end: str) -> None:
    plan = """
        def a(rows: list[int] = [4, 5]) -> object:
            count, at, total = 2, 0, 0
            while True:
                if TEST:
                    return total
                total += rows[at]
                at += 1
        """
    before = plan.replace("TEST", f"at > {end}")
    after = plan.replace("TEST", f"at >= {end}")
    await bench.check_offer(before, f"Write 'at >= {end}'", after)


async def test_the_last_place_where_the_next_is_looked_at(bench: Bench) -> None:
    plan = """
        def a(rows: list[int] = [4, 5, 6]) -> object:
            count = len(rows)
            found = []
            for at in range(count):
                if at == END or rows[at] > rows[at + 1]:
                    found.append(at)
            return found
        """
    await bench.check_fix(
        plan.replace("END", "count"), "Write 'count - 1'", plan.replace("END", "count - 1")
    )


async def test_a_loop_that_looks_at_the_next(bench: Bench) -> None:
    plan = """
        def a(rows: list[int] = [4, 5, 6]) -> object:
            at, steps = 0, 0
            while at < END:
                steps += rows[at + 1] - rows[at]
                at += 1
            return steps
        """
    await bench.check_fix(
        plan.replace("END", "len(rows)"),
        "Write 'len(rows) - 1'",
        plan.replace("END", "len(rows) - 1"),
    )


@pytest.mark.parametrize("item", ["rows[2]", "rows[-3]"])
async def test_a_length_that_is_asked_for_the_wrong_way_round(bench: Bench, item: str) -> None:
    plan = f"""
        def a(rows: list[int] = [4, 5]) -> object:
            return rows[0] if len(rows) SIGN 3 else {item}
        """
    await bench.check_offer(
        plan.replace("SIGN", ">"), "Write 'len(rows) < 3'", plan.replace("SIGN", "<")
    )


async def test_an_item_that_nothing_guards(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [4, 5]) -> object:
            at = 0
            while at != 7:
                at = rows[at] - 1
            return at
        """,
    )
