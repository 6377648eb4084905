"""A character that was to be taken as its number."""

import pytest

from codeact_lsp.repair.rules.code_points import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_it_was_set(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "abc", at: int = 1) -> bool:
            sign = text[at]
            return 97 <= sign <= 122
        """,
        "sign = text[at]",
        "sign = ord(text[at])",
    )


async def test_at_the_place(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(text: str = "abc") -> int:
            total = 7
            for letter in text:
                total = total * 31 + letter
            return total
        """,
        """
        def a(text: str = "abc") -> int:
            total = 7
            for letter in text:
                total = total * 31 + ord(letter)
            return total
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(n=1, w='5'): return n + w\n",
        "def a(n=1, w='ab'): return n + w\n",
        "def a(n=1, w=None): return n + w\n",
    ],
)
async def test_silent_of_digits_and_words(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
