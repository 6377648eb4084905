"""A dictionary that is asked for its first item by a position."""

import pytest

from codeact_lsp.repair.rules.first_of_all import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            'def a(people: dict = {"p": {"name": "Ann"}}): return people[0]["name"]\n',
            "people[0]",
            "list(people.values())[0]",
        ),
        (
            'def a(people: dict = {"p": 1, "q": 2}): return people[-1]\n',
            "people[-1]",
            "list(people)[-1]",
        ),
    ],
)
async def test_the_item_at_that_position(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {1: 2}[0]\n",
        'def a(): return {"x": 2}[3]\n',
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
