"""A range that ends before it begins."""

import pytest

from codeact_lsp.repair.rules.turned_ranges import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("turned", "meant"),
    [
        ("range(len(xs), 1)", "range(1, len(xs))"),
        ("range(count, 0)", "range(0, count)"),
        ("range(count, 1)", "range(count, 1, -1)"),
        ("range(count, -1)", "range(count, -1, -1)"),
    ],
)
async def test_the_other_way_round_or_back(bench: Bench, turned: str, meant: str) -> None:
    text = f"""
        def a(xs: tuple = (3, 1, 2)) -> int:
            count = len(xs)
            steps = []
            for place in {turned}:
                steps.append(place)
            return steps[0]
        """
    await bench.check_proposed(RULE, text, text.replace(turned, meant))


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    xs = []\n    for i in range(9, 1): xs.append(i)\n    return xs[0]\n",
        "def a(xs=[]):\n    return [i for i in range(len(xs), 5)][9]\n",
        "def a(): return [1][3]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
