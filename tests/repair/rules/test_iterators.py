"""What is gone through step by step, without a memory of how far that has come."""

import pytest

from codeact_lsp.repair.rules.iterators import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_whose_head_is_read_first(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(text: str = "name n;tea 1") -> list:
            rows = text.split(";")
            head = next(rows)
            return [(head, row) for row in rows]
        """,
        """
        def a(text: str = "name n;tea 1") -> list:
            rows = iter(text.split(";"))
            head = next(rows)
            return [(head, row) for row in rows]
        """,
    )


async def test_the_first_of_some(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(numbers: tuple = (1, 4, 3)) -> int:
            return next([n for n in numbers if n > 2])
        """,
        """
        def a(numbers: tuple = (1, 4, 3)) -> int:
            return next(iter([n for n in numbers if n > 2]))
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return next(iter([]))\n",
        "def a(): return len(3)\n",
        "def a(x=3): return x()\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
