"""Recursions on parts, of which one is all of it."""

import pytest

from codeact_lsp.repair.rules.whole_parts import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PLAN = """
    def _ways(text: str) -> int:
        found = 1
        for at in PLACES:
            found += _ways(text[:at]) * _ways(text[at:])
        return found

    def a(text: str = "abc") -> object:
        return _ways(text)
    """


@pytest.mark.parametrize(
    "places", ["range(1, len(text) + 1)", "range(len(text))", "range(len(text) + 1)"]
)
async def test_parts_that_are_all_of_it(bench: Bench, places: str) -> None:
    await bench.check_offer(
        _PLAN.replace("PLACES", places),
        "Write 'range(1, len(text))'",
        _PLAN.replace("PLACES", "range(1, len(text))"),
    )


async def test_a_recursion_that_cuts_nothing(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def _ways(text: str) -> int:
            return sum(_ways(text) for at in range(len(text)))

        def a(text: str = "abc") -> object:
            return _ways(text)
        """,
    )
