"""A number that is asked whether it holds something."""

import pytest

from codeact_lsp.repair.rules.compared_as_held import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_two_numbers_are_compared(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(port: int = 80) -> object:
            default = 80
            return "usual" if port in default else "other"
        """,
        "port in default",
        "port == default",
    )


async def test_two_numbers_are_told_apart(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            temperatures, last, changes = [20.5, 20.5, 21.0], 20.5, 0
            for now in temperatures:
                if now not in last:
                    changes += 1
                last = now
            return changes
        """,
        "now not in last",
        "now != last",
    )


async def test_what_holds_something_is_asked(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            bought, wanted = [3, 4, 5], 4
            if bought in wanted:
                return "there"
            return "missing"
        """,
        "bought in wanted",
        "wanted in bought",
    )


async def test_a_place_is_within_a_length(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(place: int = 1) -> object:
            rows = ["a", "b"]
            return rows[place] if place in len(rows) else ""
        """,
        "place in len(rows)",
        "place in range(len(rows))",
    )


async def test_what_is_no_number_is_left_to_others(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        class Box:
            def __init__(self) -> None:
                self.held = [1, 2]

        def a() -> object:
            return 1 in Box()
        """
    )
    assert RULE.name not in {fix.rule for fix in fixes}
