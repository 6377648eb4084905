"""A name that nothing sets, and that says itself what it is of."""

import pytest

from codeact_lsp.repair.rules.told_by_names import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOST = {
    "for x in counts.values():\n        found.append(x / total)": "total = sum(counts.values())",
    "for i in range(n - 1):\n        found.append(xs[i] + xs[i + 1])": "n = len(xs)",
    "found = [(x - low) / max(xs) for x in xs]": "low = min(xs)",
    "found.append(sum(xs) / count)": "count = len(xs)",
    "for at in range(n_xs):\n        found.append(xs[at])": "n_xs = len(xs)",
    "found = [x - mean for x in xs]": "mean = sum(xs) / len(xs)",
    "while right >= 0:\n        found.append(xs[right])\n        break": "right = len(xs) - 1",
}


@pytest.mark.parametrize(("body", "line"), LOST.items(), ids=LOST.values())
async def test_the_line_is_told_by_the_name(bench: Bench, body: str, line: str) -> None:
    await bench.check_first(
        f"""
def _made(xs: list, counts: dict) -> list:
    found = []
    {body}
    return found

def a() -> list:
    return _made([3, 1, 7], {{"x": 1, "y": 3}})
""",
        f"    {body}",
        f"    {line}\n    {body}",
    )


async def test_what_is_another_one_each_time_round_is_set_in_the_loop(bench: Bench) -> None:
    await bench.check_first(
        """
        def _found(xs: list, wanted: int) -> int:
            low, high = 0, len(xs) - 1
            while low <= high:
                if xs[mid] == wanted:
                    return mid
                if xs[mid] < wanted:
                    low = mid + 1
                else:
                    high = mid - 1
            return -1

        def a() -> int:
            return _found([1, 3, 5], 5)
        """,
        "        if xs[mid] == wanted",
        "        mid = (low + high) // 2\n        if xs[mid] == wanted",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return sum([1]) / rate\n",
        "def _f(xs):\n    if len(xs) > 3:\n        n = 1\n    return n\ndef a(): return _f([1])\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_next_one_of_what_a_loop_goes_on_for(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from collections import deque

        def a() -> list[int]:
            waiting, seen = deque([1, 2]), []
            waiting = deque([1, 2])
            while waiting:
                seen.append(one)
            return seen
        """,
        """
        from collections import deque

        def a() -> list[int]:
            waiting, seen = deque([1, 2]), []
            waiting = deque([1, 2])
            while waiting:
                one = waiting.popleft()
                seen.append(one)
            return seen
        """,
    )


async def test_an_object_of_the_class_that_has_what_is_asked(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class _Node:
            def __init__(self, value: int = 0) -> None:
                self.value = value
                self.next = None

        def a() -> int:
            head.next = _Node(3)
            return head.next.value
        """,
        """
        class _Node:
            def __init__(self, value: int = 0) -> None:
                self.value = value
                self.next = None

        def a() -> int:
            head = _Node()
            head.next = _Node(3)
            return head.next.value
        """,
    )
