"""Commas in the place of dots."""

import pytest

from codeact_lsp.repair.rules.commas_for_dots import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_method_behind_a_comma(bench: Bench) -> None:
    # An import of a function that is called so stands beside it.
    await bench.check_first(
        """
        def a(text: str = "Of A") -> object:
            words = text.lower(), split(" ")
            return words[-1]
        """,
        ", split",
        ".split",
    )


async def test_what_is_no_method(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(text: str = "Of A") -> object:
            words = text.lower(), frobnicate(" ")
            return words[-1]
        """,
    )
