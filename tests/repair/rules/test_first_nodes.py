"""A first node for which a list has no place yet."""

import pytest

from codeact_lsp.repair.rules.first_nodes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_head_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        class Node:
            def __init__(self, n):
                self.n, self.next = n, None

        class Chain:
            def __init__(self):
                self.head = None

            def append(self, n):
                node = Node(n)
                current = self.head
                while current.next:
                    current = current.next
                current.next = node

        def a() -> object:
            chain = Chain()
            chain.append(3)
            chain.append(4)
            return chain.head.next.n
        """,
        "        current = self.head\n",
        "        if self.head is None:\n"
        "            self.head = node\n"
        "            return\n"
        "        current = self.head\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return None.next\n",
        """
        class Chain:
            def __init__(self):
                self.head = None

            def last(self):
                current = self.head
                return current.next

        def a(): return Chain().last()
        """,
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
