"""Something of an item that is asked of the list or pair which holds it."""

import pytest

from codeact_lsp.repair.rules.members import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_item_that_has_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            best = ("Tea", 3)
            return best.lower()
        """,
        "best.lower",
        "best[0].lower",
    )


async def test_by_the_name_that_it_has_elsewhere(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            spans, last = [(3, 6)], [1, 4]
            for start, end in spans:
                if start <= last.end:
                    last[1] = end
            return last
        """,
        "last.end",
        "last[1]",
    )


async def test_the_only_number_of_a_row(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            row = (3,)
            return row + 1
        """,
        "row + 1",
        "row[0] + 1",
    )


async def test_of_what_was_not_seen(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import Counter

        def a() -> object:
            return Counter(["Tea", "Tea"]).most_common(1)[0].lower()
        """,
        "[0].lower",
        "[0][0].lower",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 'x'.nothing_like_it\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
