"""A dictionary that was put in order, after which only its keys are left."""

import pytest

from codeact_lsp.repair.rules.sorted_keys import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("asked", "preferred"),
    # Numbered items would run as well, and give something else.
    [("[n for _, n in counts.items()]", False), ('counts["y"]', True)],
)
async def test_the_dictionary_in_that_order(bench: Bench, asked: str, *, preferred: bool) -> None:
    text = f"""
def a() -> object:
    counts = {{"x": 2, "y": 1}}
    counts = sorted(counts, key=counts.get)
    return {asked}
"""
    new = "{key: counts[key] for key in sorted(counts, key=counts.get)}"
    fix = await bench.check_first(text, "sorted(counts, key=counts.get)", new)
    assert fix.preferred is preferred


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [].items()\n",
        "def a():\n    rows = sorted([2, 1])\n    return rows.items()\n",
    ],
)
async def test_other_lists_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
