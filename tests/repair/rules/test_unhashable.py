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


async def test_the_items_of_lists(bench: Bench) -> None:
    await bench.check_first(
        """
        from itertools import chain

        def a() -> object:
            return sorted(set(chain([["x"], ["y"]])))
        """,
        "chain(",
        "chain.from_iterable(",
    )


async def test_what_a_cache_is_asked_for(bench: Bench) -> None:
    await bench.check_first(
        """
        from functools import cache

        @cache
        def _total(rows):
            return sum(rows)

        def a() -> object:
            rows = [1, 2]
            return _total(rows)
        """,
        "_total(rows)\n",
        "_total(tuple(rows))\n",
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
