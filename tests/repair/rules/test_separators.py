"""A text that is taken apart at another mark than the ones that are in it."""

import pytest

from codeact_lsp.repair.rules.separators import RULE
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_mark_that_is_in_it(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(line: str = "tea=2") -> int:
            name, count = line.split("|")
            return int(count)
        """,
        """
        def a(line: str = "tea=2") -> int:
            name, count = line.split("=")
            return int(count)
        """,
    )


async def test_a_number_in_the_place_of_the_mark(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(line: str = "Ada;b1;3") -> str:
            name, book, due = line.split(10)
            return due
        """,
        """
        def a(line: str = "Ada;b1;3") -> str:
            name, book, due = line.split(";")
            return due
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return 'a b'.split()[2]\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_mark_that_another_function_has_taken(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def pair() -> list[str]:
            return "tea=2".split(";")

        def a(pair: list[str]) -> str:
            return pair[1]
        """,
        """
        def pair() -> list[str]:
            return "tea=2".split("=")

        def a(pair: list[str]) -> str:
            return pair[1]
        """,
    )


async def test_the_mark_that_the_function_asks_for_comes_first(bench: Bench) -> None:
    failure = await bench.failure(
        "def a(line='k: a : b=1'):\n"
        "    if '=' in line:\n"
        "        key, value = line.split('#')\n"
        "        return int(value)\n"
    )
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    assert next(RULE.candidates(scene)).title == "Write ''=''"
