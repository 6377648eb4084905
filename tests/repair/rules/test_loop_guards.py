"""A loop or condition that goes on although there is nothing more to look at."""

import pytest

from codeact_lsp.repair.rules.loop_guards import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_both_have_to_be_there(bench: Bench) -> None:
    await bench.check_first(
        """
        class Node:
            def __init__(self, n: int, rest: "Node | None" = None) -> None:
                self.n, self.rest = n, rest

        def a() -> object:
            one, other, found = Node(1, Node(3)), Node(2), []
            while one or other:
                if one.n < other.n:
                    found.append(one.n)
                    one = one.rest
                else:
                    found.append(other.n)
                    other = other.rest
            return found
        """,
        "one or other",
        "one and other",
    )


async def test_what_comes_after_the_next(bench: Bench) -> None:
    await bench.check_first(
        """
        class Node:
            rest = None

        def a() -> object:
            fast = Node()
            while fast:
                fast = fast.rest.rest
            return True
        """,
        "while fast:",
        "while fast and fast.rest:",
    )


async def test_nothing_is_taken_of_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = ")") -> object:
            stack = []
            for char in text:
                if stack.pop() != char:
                    return False
            return True
        """,
        "stack.pop() !=",
        "not stack or stack.pop() !=",
    )


async def test_places_in_both_lists(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other, i, j, out = [1, 3], [2], 0, 0, []
            while i < len(one) or j < len(other):
                if one[i] <= other[j]:
                    out.append(one[i])
                    i += 1
                else:
                    out.append(other[j])
                    j += 1
            return out + one[i:] + other[j:]
        """,
        " or j <",
        " and j <",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [].pop()\n",
        "def a():\n    node = None\n    return node.n\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_moves_on_is_asked_for_beside_a_count(bench: Bench) -> None:
    await bench.check_first(
        """
        class Step:
            def __init__(self, name, then=None):
                self.name, self.then = name, then

        def a(most: int = 5) -> object:
            step, names = Step("wash", Step("dry")), []
            while most:
                names.append(step.name)
                step = step.then
                most -= 1
            return names
        """,
        "while most:",
        "while step and most:",
    )


async def test_the_member_of_what_moves_on_is_asked_for(bench: Bench) -> None:
    await bench.check_first(
        """
        class Step:
            def __init__(self, name, then=None):
                self.name, self.then = name, then

        def a() -> object:
            first = Step("wash", Step("dry"))
            now, names = first, []
            while first.then:
                names.append(now.then.name)
                now = now.then
            return names
        """,
        "while first.then:",
        "while now.then:",
    )
