"""A container that is changed by the loop that goes through it."""

import pytest

from codeact_lsp.repair.rules.changed_meanwhile import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_set(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            seen = {1, 2}
            for number in seen:
                seen.discard(number)
            return len(seen)
        """,
        "Write 'list(seen)'",
        """
        def a() -> object:
            seen = {1, 2}
            for number in list(seen):
                seen.discard(number)
            return len(seen)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): raise RuntimeError('no')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
