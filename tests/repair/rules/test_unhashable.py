"""A key, or a member of a set, that could change."""

import pytest

from codeact_lsp.repair.rules.unhashable import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_member(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            seen = set()
            seen.add([1, 2])
            return len(seen)
        """,
        "Write 'tuple([1, 2])'",
        """
        def a() -> object:
            seen = set()
            seen.add(tuple([1, 2]))
            return len(seen)
        """,
    )


async def test_all_members(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return len(set([[1], [1]]))
        """,
        "Write 'map(tuple, [[1], [1]])'",
        """
        def a() -> object:
            return len(set(map(tuple, [[1], [1]])))
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}[{}]\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
