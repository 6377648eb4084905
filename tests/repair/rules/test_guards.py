"""A condition that looks before it has made sure that there is something."""

import pytest

from codeact_lsp.repair.rules.guards import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            """
            def skip(text: str = "  ") -> int:
                at = 0
                while text[at] == " " and at < len(text):
                    at += 1
                return at
            """,
            'text[at] == " " and at < len(text)',
            'at < len(text) and text[at] == " "',
        ),
        (
            """
            def skip(text: str = "12") -> int:
                at = 0
                while text[at].isdigit():
                    at += 1
                return at
            """,
            "while text[at]",
            "while at < len(text) and text[at]",
        ),
        (
            """
            def smaller(items: list = [3, 2]) -> list:
                stack = []
                for item in items:
                    while stack[-1] > item:
                        stack.pop()
                    stack.append(item)
                return stack
            """,
            "while stack[-1]",
            "while stack and stack[-1]",
        ),
        (
            """
            class Node:
                next = None

            def length() -> int:
                node, count = Node().next, 0
                while node.next is not None:
                    node, count = node.next, count + 1
                return count
            """,
            "while node.next",
            "while node and node.next",
        ),
    ],
    ids=["too late", "an end", "nothing left", "no other one"],
)
async def test_it_is_asked_first(bench: Bench, text: str, old: str, new: str) -> None:
    fix = await bench.check_first(text, old, new)
    assert fix.rule == RULE.name


@pytest.mark.parametrize(
    "text", ["def a():\n    return [][0]\n", "def a():\n    if {}['a']:\n        return 1\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_bounds_before_what_they_are_of(bench: Bench) -> None:
    await bench.check_first(
        """
        def _sink(grid, r):
            if grid[r] != 1 or r >= len(grid):
                return 0
            return 1 + _sink(grid, r + 1)

        def a() -> object:
            return _sink([1, 1], 0)
        """,
        "grid[r] != 1 or r >= len(grid)",
        "r >= len(grid) or grid[r] != 1",
    )


async def test_a_key_is_asked_for_before_what_is_under_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            prices, dear = {"tea": 4, "rice": 2}, []
            for name in ["tea", "salt", "rice"]:
                if prices[name] > 3:
                    dear.append(name)
            return dear
        """,
        "if prices[name] > 3",
        "if name in prices and prices[name] > 3",
    )
