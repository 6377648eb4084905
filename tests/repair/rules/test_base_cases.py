"""A function that goes down a tree, and does not stop where that ends."""

import pytest

from codeact_lsp.repair.rules.base_cases import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_number_of_each(bench: Bench) -> None:
    await bench.check_first(
        """
        class Node:
            def __init__(self, left: "Node | None" = None, right: "Node | None" = None) -> None:
                self.left, self.right = left, right

        def _depth(node: "Node | None") -> int:
            return 1 + max(_depth(node.left), _depth(node.right))

        def a() -> object:
            return _depth(Node(Node()))
        """,
        "    return 1 +",
        "    if node is None:\n        return 0\n    return 1 +",
    )


async def test_a_list_of_all(bench: Bench) -> None:
    await bench.check_first(
        """
        class Node:
            def __init__(self, n: int, left: "Node | None" = None) -> None:
                self.n, self.left = n, left

        def _listed(node: "Node | None") -> list:
            'All of them.'
            return _listed(node.left) + [node.n]

        def a() -> object:
            return _listed(Node(2, Node(1)))
        """,
        "    return _listed(node.left)",
        "    if node is None:\n        return []\n    return _listed(node.left)",
    )


async def test_nothing_is_returned(bench: Bench) -> None:
    await bench.check_first(
        """
        class Node:
            def __init__(self, n: int, left: "Node | None" = None) -> None:
                self.n, self.left = n, left

        def _walk(node: "Node | None", found: list) -> None:
            found.append(node.n)
            _walk(node.left, found)

        def a() -> object:
            found = []
            _walk(Node(2, Node(1)), found)
            return found
        """,
        "    found.append(node.n)",
        "    if node is None:\n        return\n    found.append(node.n)",
    )


async def test_a_question_of_all(bench: Bench) -> None:
    text = plain(
        """
        class Node:
            def __init__(self, n: int, left: "Node | None" = None) -> None:
                self.n, self.left = n, left

        def _all_below(node: "Node | None", most: int) -> bool:
            return node.n < most and _all_below(node.left, most)

        def a() -> object:
            return _all_below(Node(2, Node(1)), 5)
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert (
        text.replace(
            "    return node.n <", "    if node is None:\n        return True\n    return node.n <"
        )
        in made
    )


async def test_a_question_with_an_answer_that_is_written(bench: Bench) -> None:
    text = plain(
        """
        class Node:
            def __init__(self, n: int, left: "Node | None" = None) -> None:
                self.n, self.left = n, left

        def _has(node: "Node | None", n: int) -> bool:
            if node.n == n:
                return True
            return _has(node.left, n)

        def a() -> object:
            return _has(Node(2, Node(1)), 5)
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert (
        text.replace(
            "    if node.n ==", "    if node is None:\n        return False\n    if node.n =="
        )
        in made
    )


@pytest.mark.parametrize(
    "text",
    [
        "def _b(node): return node.left\n\ndef a(): return _b(None)\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
