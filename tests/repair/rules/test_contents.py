"""An object of a class of the plan that is used as the list which it keeps."""

import pytest

from codeact_lsp.repair.rules.contents import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_its_length(bench: Bench) -> None:
    await bench.check_first(
        """
        class Stack:
            def __init__(self):
                self.items = []

        def a() -> object:
            stack = Stack()
            stack.items.append(3)
            return len(stack)
        """,
        "len(stack)",
        "len(stack.items)",
    )


async def test_its_items_one_by_one(bench: Bench) -> None:
    await bench.check_first(
        """
        class Deck:
            def __init__(self):
                self.cards = ["x", "y"]

        def a() -> object:
            deck = Deck()
            return [card for card in deck]
        """,
        "in deck",
        "in deck.cards",
    )


async def test_what_is_among_them(bench: Bench) -> None:
    await bench.check_first(
        """
        class Stock:
            def __init__(self):
                self.items = {"tea": 3}

        def a(name: str = "tea") -> object:
            stock = Stock()
            return name in stock
        """,
        "in stock",
        "in stock.items",
    )


async def test_the_results_of_a_pool(bench: Bench) -> None:
    await bench.check_first(
        """
        from concurrent.futures import ThreadPoolExecutor

        def a() -> object:
            with ThreadPoolExecutor() as pool:
                futures = [pool.submit(pow, n, 2) for n in (1, 2)]
            return sum(futures)
        """,
        "sum(futures)",
        "sum(each.result() for each in futures)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return len(3)\n",
        "\nclass Empty:\n    pass\n\ndef a(): return len(Empty())\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
