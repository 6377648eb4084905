"""A function that is called where it was to be handed on."""

import pytest

from codeact_lsp.repair.rules.called_early import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_by_a_keyword(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            scores = {"x": 1, "y": 2}
            return max(scores, key=scores.get())
        """,
        "scores.get()",
        "scores.get",
    )


async def test_by_its_place(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return list(map(str.strip(), [" x "]))
        """,
        "str.strip()",
        "str.strip",
    )


async def test_what_is_asked_of_each(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: tuple = ("a", "bcd")) -> object:
            return max(words, key=len(words))
        """,
        "key=len(words)",
        "key=len",
    )


async def test_the_values_of_keys(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            scores = {"x": 1, "y": 3}
            return max(scores, key=scores.values())
        """,
        "scores.values()",
        "scores.get",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def _b(n): return n\n\ndef a(): return _b()\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
