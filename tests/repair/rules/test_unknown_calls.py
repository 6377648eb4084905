"""Calls of what exists nowhere."""

import pytest

from codeact_lsp.repair.rules.unknown_calls import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PLAN = """
    class Till:
        def total(self, rows: list[float]) -> float:
            found = 0.0
            for row in rows:
                found += TAKEN
            return found

    def a(rows: list[float] = [1.5, 2.0]) -> float:
        return Till().total(rows)
    """


async def test_what_it_is_given_is_taken_instead(bench: Bench) -> None:
    await bench.check_hides(
        _PLAN.replace("TAKEN", "self.adjusted_qq(row)"),
        "Leave out 'adjusted_qq'",
        _PLAN.replace("TAKEN", "row"),
    )


async def test_a_call_alone_is_left_out(bench: Bench) -> None:
    plan = """
        def a(rows: list[float] = [1.5, 2.0]) -> list[float]:
            CALL
            return rows
        """
    await bench.check_hides(
        plan.replace("CALL", "prepare_qq(rows)"),
        "Leave out 'prepare_qq'",
        plan.replace("CALL", "pass"),
    )


async def test_at_the_end_of_a_function_it_may_be_what_that_gives(bench: Bench) -> None:
    plan = """
        def a(rows: list[float] = [1.5, 2.0]) -> int:
            count = len(rows)
            END
        """
    await bench.check_hides(
        plan.replace("END", "finished_qq(count)"),
        "Write 'return count'",
        plan.replace("END", "return count"),
    )


async def test_of_a_call_of_several_nothing_is_known(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(one: int = 1, other: int = 2) -> int:
            return mixed_qq(one, other)
        """,
    )


async def test_another_method_of_what_python_has_may_be_meant(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(text: str = "b") -> str:
            return text.adjusted_qq("c")
        """,
    )
