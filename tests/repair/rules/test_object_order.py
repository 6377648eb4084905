"""Objects that are put in order, and do not tell which of them comes first."""

import pytest

from codeact_lsp.repair.rules.object_order import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_by_what_things_are_put_in_order(bench: Bench) -> None:
    await bench.check_first(
        """
        class Task:
            def __init__(self, name, priority):
                self.name, self.priority = name, priority

        def a() -> object:
            tasks = [Task("x", 2), Task("y", 1)]
            return sorted(tasks)[0].name
        """,
        "sorted(tasks)",
        "sorted(tasks, key=lambda item: item.priority)",
    )


async def test_a_number_that_differs_in_a_heap(bench: Bench) -> None:
    await bench.check_first(
        """
        import heapq

        class Node:
            def __init__(self, cost):
                self.cost = cost

        def a() -> object:
            heap = []
            for node in (Node(1), Node(1)):
                heapq.heappush(heap, (node.cost, node))
            cost, node = heapq.heappop(heap)
            return cost
        """,
        "(node.cost, node))\n    cost, node =",
        "(node.cost, id(node), node))\n    cost, _, node =",
    )


async def test_the_first_of_a_pair(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [(1, {"n": 2}), (1, {"n": 3})]
            return sorted(rows)[0][0]
        """,
        "sorted(rows)",
        "sorted(rows, key=lambda item: item[0])",
    )


async def test_a_function_with_its_name(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: tuple = ("a", "bcd")) -> object:
            return max(words, len)
        """,
        "words, len)",
        "words, key=len)",
    )


async def test_texts_from_last_to_first(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [{"name": "x"}, {"name": "y"}]
            return sorted(rows, key=lambda row: -row["name"])[0]["name"]
        """,
        '-row["name"])',
        'row["name"], reverse=True)',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return sorted([1, 'x'])\n",
        "def a(): return -'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
