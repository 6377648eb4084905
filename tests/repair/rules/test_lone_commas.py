"""A comma that makes a tuple which nobody has asked for."""

import pytest

from codeact_lsp.repair.rules.lone_commas import RULE
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_of_a_variable(bench: Bench) -> None:
    text = "def a(xs=[1, 2]):\n    total = sum(xs),\n    return total / 2\n"
    fix = await bench.check_first(text, "sum(xs),", "sum(xs)")
    assert fix.preferred


async def test_of_a_function_that_another_one_calls(bench: Bench) -> None:
    text = (
        "def helper(n):\n    return n * 2,\n\n"
        "def a():\n    return [helper(n) for n in range(2)]\n\n"
        "def b(a):\n    return a[0] + 1\n"
    )
    failure = await bench.failure(text, "b")
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    changed = [each.edit.apply(text) for each in RULE.candidates(scene)]
    assert changed == [text.replace("n * 2,", "n * 2")]


async def test_in_the_function_that_handed_it_on(bench: Bench) -> None:
    await bench.check_first(
        """
        def _at(marks: list[str], place: int) -> str:
            return marks[place]

        def a(place: int = 2) -> str:
            marks = ["x", "y", "z"],
            return _at(marks, place)
        """,
        '"z"],',
        '"z"]',
    )


@pytest.mark.parametrize(
    "text", ["def a():\n    return {}['x']\n", "def a():\n    return (3,).x\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
