"""Parts that are cut off and leave nothing."""

import pytest

from codeact_lsp.repair.rules.emptied_slices import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ('int("".join(digits)[1:], 2)', 'int("".join(digits), 2)'),
        ("max(digits[1:])", "max(digits)"),
    ],
)
async def test_all_of_it_is_taken(bench: Bench, cut: str, whole: str) -> None:
    plan = """
        def a(digits: list[str] = ["1"]) -> object:
            return CUT
        """
    text = plan.replace("CUT", cut)
    after = [fix.edit.apply(plain(text)) for fix in await bench.fixes(text)]
    assert plain(plan.replace("CUT", whole)) in after


async def test_what_is_turned_round_is_whole(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(digits: list[str] = []) -> str:
            return max(digits[::-1])
        """,
    )
