"""Parts that are cut too short for what is looked up in them."""

import pytest

from codeact_lsp.repair.rules.short_slices import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PLAN = """
    def a(text: str = "abcab") -> object:
        found = []
        for at in range(len(text) - 2):
            part = text[CUT]
            if part[0] != part[2]:
                found.append(part)
        return found
    """


@pytest.mark.parametrize(
    ("before", "after"),
    [("at : at + 2", "at : at + 3"), (":2", ":3"), ("0:1", "0:3")],
)
async def test_a_part_that_is_too_short(bench: Bench, before: str, after: str) -> None:
    await bench.check_fix(
        _PLAN.replace("CUT", before), "Have 'part' be 3 long", _PLAN.replace("CUT", after)
    )


@pytest.mark.parametrize("cut", ["at + 3 :", "at : len(text) - 3"])
async def test_a_part_whose_length_is_not_said(bench: Bench, cut: str) -> None:
    await bench.check_silent(RULE, _PLAN.replace("CUT", cut))
