"""A variable that is not set as the one beside it is."""

import pytest

from codeact_lsp.repair.rules.unlike_twins import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_found_as_the_other_end_is(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Groups:
            def __init__(self, n: int) -> None:
                self.heads = list(range(n))

            def head(self, n: int) -> int:
                return n if self.heads[n] == n else self.head(self.heads[n])

            def join(self, one: int, two: int) -> None:
                head_one = self
                head_two = self.head(two)
                self.heads[head_one] = head_two

        def a() -> object:
            groups = _Groups(3)
            groups.join(0, 2)
            return groups.head(0)
        """,
        "head_one = self\n",
        "head_one = self.head(one)\n",
    )


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("low_x = xs", "low_x = low(xs)"),
        ("low_x = low", "low_x = low(xs)"),
    ],
)
async def test_a_function_that_is_called_alike(bench: Bench, line: str, mended: str) -> None:
    await bench.check_first(
        f"""
        def _span(xs: list, low: object, high: object) -> int:
            {line}
            high_x = high(xs)
            return high_x - low_x

        def a() -> int:
            return _span([3, 1, 7], min, max)
        """,
        line,
        mended,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a():\n    x1 = None\n    x2 = 2\n    return x1 + x2\n",
        "def a():\n    left = None\n    right = len('x')\n    return left + right\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
