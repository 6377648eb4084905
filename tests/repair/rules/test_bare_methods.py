"""A method that fills something, and is only named; or only what it is of."""

import pytest

from codeact_lsp.repair.rules.bare_methods import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("bare", ["found.append", "found"])
async def test_with_what_the_loop_gives(bench: Bench, bare: str) -> None:
    await bench.check_offer(
        f"""
        def a(words: tuple = ("tea", "rice")) -> str:
            found = []
            for word in words:
                {bare}
            return found[0]
        """,
        "Write 'found.append(word)'",
        """
        def a(words: tuple = ("tea", "rice")) -> str:
            found = []
            for word in words:
                found.append(word)
            return found[0]
        """,
    )


async def test_of_a_set_of_the_function_around(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(roads: dict = {1: [2], 2: [1]}) -> bool:
            seen = set()

            def is_round(place: int) -> bool:
                if place in seen:
                    return True
                seen
                return any(is_round(near) for near in roads[place])

            return is_round(1)
        """,
        "        seen\n",
        "        seen.add(place)\n",
    )


async def test_one_that_takes_nothing(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(places: tuple = (2, 1)) -> str:
            names = {1: "tea"}
            rows = list(places)
            rows.sort
            return names[rows[0]]
        """,
        """
        def a(places: tuple = (2, 1)) -> str:
            names = {1: "tea"}
            rows = list(places)
            rows.sort()
            return names[rows[0]]
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(x=1):\n    x\n    return [1][x + 3]\n",
        "def a(s='x'):\n    s.upper\n    return int(s)\n",
        "def a(): return [1][3]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
