"""A function of a module that is called as a method of its first argument."""

import pytest

from codeact_lsp.repair.rules.as_methods import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_of_a_module_that_is_imported(bench: Bench) -> None:
    await bench.check_first(
        """
        import heapq

        def a() -> object:
            heap = [3]
            heap.heappush(1)
            return heap
        """,
        "heap.heappush(1)",
        "heapq.heappush(heap, 1)",
    )


async def test_of_python_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return iter([1, 2]).next()
        """,
        "iter([1, 2]).next()",
        "next(iter([1, 2]))",
    )


async def test_of_a_pattern(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import re

        def a(text: str = "a   b") -> object:
            return text.sub(r"\s+", " ")
        """,
        'text.sub(r"\\s+", " ")',
        're.sub(r"\\s+", " ", text)',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [3].heappush(1)\n",
        "import heapq\n\ndef a(): return heapq.heapush([], 1)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_type_as_a_method(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = (2, 1)
            return rows.list()
        """,
        "rows.list()",
        "list(rows)",
    )


async def test_the_module_that_a_text_is_called_like(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a(path: str = "x/a.txt") -> object:
            return path.splitext("a.txt")
        """,
        " path.splitext",
        " os.path.splitext",
    )


async def test_a_function_of_the_plan(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Cart:
            rows = (4, 5)

        def _total(self, more: int) -> int:
            return sum(self.rows) + more

        def a() -> object:
            return _Cart()._total(2)
        """,
        "_Cart()._total(2)",
        "_total(_Cart(), 2)",
    )
