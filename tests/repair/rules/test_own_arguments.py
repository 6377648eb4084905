"""An attribute that is set to another argument than the one that is called like it."""

import pytest

from codeact_lsp.repair.rules.own_arguments import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("attribute", ["rest", "_rest"])
async def test_set_to_the_one_that_nothing_reads(bench: Bench, attribute: str) -> None:
    await bench.check_first(
        f"""
        class _Node:
            def __init__(self, value, rest=None):
                self.value = value
                self.{attribute} = value

            def total(self):
                return self.value + (self.{attribute}.total() if self.{attribute} else 0)

        def a() -> int:
            return _Node(1, _Node(2)).total()
        """,
        f"self.{attribute} = value",
        f"self.{attribute} = rest",
    )


@pytest.mark.parametrize(
    "text",
    [
        """
        class _Pair:
            def __init__(self, one, two):
                self.one = two
                self.two = one

        def a():
            return _Pair(1, 2).one.upper()
        """,
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
