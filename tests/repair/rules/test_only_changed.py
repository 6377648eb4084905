"""Names that are only counted."""

import pytest

from codeact_lsp.repair.rules.only_changed import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

_PLAN = """
    def a(beds: list[int] = [0, 1, 0], places: int = 2) -> bool:
        for bed in beds:
            if bed == 0:
                NAME -= 1
        return places <= 0
    """


async def test_what_is_asked_for_later_is_meant(bench: Bench) -> None:
    fix = await bench.check_first(_PLAN.replace("NAME", "left_qq"), "left_qq -=", "places -=")
    assert not fix.hides


async def test_what_is_read_as_well_is_another_thing(bench: Bench) -> None:
    await bench.check_silent(
        RULE, _PLAN.replace("NAME", "left_qq").replace("places <= 0", "left_qq <= places")
    )


async def test_what_no_number_is_known_for_stays(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(names: list[str] = ["b"]) -> list[str]:
            count_qq += 1
            return names
        """,
    )
