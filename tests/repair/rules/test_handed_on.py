"""A call that leaves out what the function needs, and what is at hand."""

import pytest

from codeact_lsp.repair.rules.handed_on import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_a_function_does_not_hand_on_to_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def _moves(n: int, start: str, end: str, spare: str) -> int:
            if n == 0:
                return 0
            return _moves(n - 1, start, spare, end) + 1 + _moves(n - 1, spare, end)

        def a() -> object:
            return _moves(3, "x", "y", "z")
        """,
        "_moves(n - 1, spare, end)",
        "_moves(n - 1, spare, end, start)",
    )


async def test_the_object_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        class Shape:
            def __init__(self, name):
                self.name = name

        class Square(Shape):
            def __init__(self, name, side):
                Shape.__init__(name)
                self.side = side

        def a() -> object:
            return Square("s", 2).name
        """,
        "Shape.__init__(name)",
        "Shape.__init__(self, name)",
    )


async def test_a_file_that_nobody_has(bench: Bench) -> None:
    await bench.check_first(
        """
        import json

        def a() -> object:
            return json.dump([1, 2])
        """,
        "json.dump(",
        "json.dumps(",
    )


async def test_what_blanks_are_replaced_with(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import re

        def a(text: str = "x   y") -> object:
            return re.sub(r"\s+", text)
        """,
        'r"\\s+", text',
        'r"\\s+", " ", text',
    )


async def test_the_columns_of_rows_that_are_written(bench: Bench) -> None:
    await bench.check_first(
        """
        import csv
        import io

        def a() -> object:
            rows = [{"n": 1}]
            file = io.StringIO()
            writer = csv.DictWriter(file)
            writer.writerows(rows)
            return file.getvalue()
        """,
        "DictWriter(file)",
        "DictWriter(file, list(rows[0]))",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "\ndef _f(x, y): return x\n\ndef a(): return _f(1)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_base_class_is_not_handed_what_has_another_name(bench: Bench) -> None:
    best = await bench.check_first(
        """
        class Shape:
            def __init__(self, name: str) -> None:
                self.name = name


        class Circle(Shape):
            def __init__(self, radius: int) -> None:
                super().__init__()
                self.radius = radius


        def a() -> object:
            return Circle(2).name
        """,
        "super().__init__()",
        "super().__init__(radius)",
    )
    assert not best.preferred
