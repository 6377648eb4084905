"""A class that is used where one of its objects was meant."""

import pytest

from codeact_lsp.repair.rules.instances import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_it_got_its_name(bench: Bench) -> None:
    await bench.check_first(
        """
        class Cache:
            def put(self, key: str) -> str:
                return key

        def a() -> object:
            cache = Cache
            return cache.put("x")
        """,
        "= Cache\n",
        "= Cache()\n",
    )


async def test_at_the_place(bench: Bench) -> None:
    await bench.check_first(
        """
        class Cache:
            def put(self, key: str) -> str:
                return key

        def a() -> object:
            return Cache.put("x")
        """,
        "Cache.put",
        "Cache().put",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def _b(n): return n\n\ndef a(): return _b()\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_class_that_is_given_to_who_calls_it(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class _Words:
            def __init__(self, lower: bool = True) -> None:
                self.lower = lower

            def __call__(self, text: str) -> list[str]:
                return text.split()

        def _count(text: str, words: object) -> int:
            return sum(map(len, words(text)))

        def a() -> int:
            return _count("fox hen", _Words)
        """,
        """
        class _Words:
            def __init__(self, lower: bool = True) -> None:
                self.lower = lower

            def __call__(self, text: str) -> list[str]:
                return text.split()

        def _count(text: str, words: object) -> int:
            return sum(map(len, words(text)))

        def a() -> int:
            return _count("fox hen", _Words())
        """,
    )
