"""A call with more, fewer or other arguments than the function takes."""

import pytest

from codeact_lsp.repair.rules.arity import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_argument_too_many(bench: Bench) -> None:
    await bench.check_fix(
        """
        import math

        def a() -> object:
            return math.sqrt(4, 2)
        """,
        "Write 'math.sqrt(4)'",
        """
        import math

        def a() -> object:
            return math.sqrt(4)
        """,
    )


async def test_numbers_that_are_one_shape(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            return np.zeros(2, 3).shape
        """,
        "Write 'np.zeros((2, 3))'",
        """
        import numpy as np

        def a() -> object:
            return np.zeros((2, 3)).shape
        """,
    )


async def test_a_pair_that_is_two_arguments(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _area(w: int, h: int) -> int:
            return w * h

        def a(box: tuple[int, int] = (2, 3)) -> object:
            return _area(box)
        """,
        "Write '_area(*box)'",
        """
        def _area(w: int, h: int) -> int:
            return w * h

        def a(box: tuple[int, int] = (2, 3)) -> object:
            return _area(*box)
        """,
    )


async def test_a_dictionary_that_is_all_arguments(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _named(name: str, times: int = 1) -> str:
            return name * times

        def a() -> object:
            options = {"name": "x", "times": 2}
            return _named(options)
        """,
        "Write '_named(**options)'",
        """
        def _named(name: str, times: int = 1) -> str:
            return name * times

        def a() -> object:
            options = {"name": "x", "times": 2}
            return _named(**options)
        """,
    )


async def test_arguments_in_the_wrong_order(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(amount: float = 1.234) -> object:
            return round(2, amount)
        """,
        "Write 'round(amount, 2)'",
        """
        def a(amount: float = 1.234) -> object:
            return round(amount, 2)
        """,
    )


async def test_two_values_as_one_item(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "tea", n: int = 3) -> object:
            rows = []
            rows.append(name, n)
            return rows
        """,
        "(name, n)\n",
        "((name, n))\n",
    )


async def test_a_square(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a(n: int = 3) -> object:
            return np.ones(n, n).sum()
        """,
        "(n, n)",
        "((n, n))",
    )


async def test_two_lists_of_a_dictionary(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            names, values = ["x"], [1]
            return dict(names, values)
        """,
        "dict(names, values)",
        "dict(zip(names, values))",
    )


async def test_the_fields_of_a_named_tuple(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import namedtuple

        def a() -> object:
            return namedtuple("P", "x", "y")(1, 2).y
        """,
        '"x", "y"',
        '["x", "y"]',
    )


async def test_a_bracket_that_was_closed_too_early(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = []
            rows.append(round(3.14159), 2)
            return rows
        """,
        "round(3.14159), 2)",
        "round(3.14159, 2))",
    )


async def test_what_a_heap_holds(bench: Bench) -> None:
    await bench.check_first(
        """
        import heapq

        def a() -> object:
            heap = []
            heapq.heappush(heap, 3, "x")
            return heap
        """,
        '3, "x"',
        '(3, "x")',
    )


async def test_variables_in_the_places_of_others(bench: Bench) -> None:
    await bench.check_first(
        """
        def _find(rows, name):
            for row in rows:
                if row["name"] == name:
                    return row["n"]

        def a() -> object:
            rows, name = [{"name": "x", "n": 3}], "x"
            return _find(name, rows)
        """,
        "_find(name, rows)",
        "_find(rows, name)",
    )


async def test_what_object_itself_does_not_take(bench: Bench) -> None:
    await bench.check_first(
        """
        class One:
            def __new__(cls, n):
                return super().__new__(cls, n)

            def __init__(self, n):
                self.n = n

        def a() -> object:
            return One(3).n
        """,
        "__new__(cls, n)\n\n",
        "__new__(cls)\n\n",
    )


async def test_the_values_of_a_tuple(bench: Bench) -> None:
    await bench.check_first(
        """
        import math

        def a() -> object:
            return math.atan2((0, 1))
        """,
        "((0, 1))",
        "(0, 1)",
    )


async def test_what_is_written_to_a_file(bench: Bench) -> None:
    await bench.check_first(
        """
        import io
        import json

        def a() -> object:
            file = io.StringIO()
            json.dumps([1], file)
            return file.getvalue()
        """,
        "json.dumps",
        "json.dump",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_an_argument_too_many_that_is_nothing(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "a-b") -> object:
            return text.replace("-", "+", None)
        """,
        """Write 'text.replace("-", "+")'""",
        """
        def a(text: str = "a-b") -> object:
            return text.replace("-", "+")
        """,
    )


async def test_an_argument_that_is_given_twice(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "a-b") -> str:
            return text.replace("-", "+", "+")
        """,
        '"+", "+"',
        '"+"',
    )


async def test_an_argument_that_is_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import defaultdict

        def a(names: list[str] = ["b", "a"]) -> object:
            groups = defaultdict(set, 0)
            for name in names:
                groups[name].add(1)
            return dict(groups)
        """,
        "set, 0",
        "set",
    )


async def test_the_last_two_in_the_other_order(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return "a-b".replace("-", 1, "+")
        """,
        '"-", 1, "+"',
        '"-", "+", 1',
    )


async def test_the_order_of_whoever_called_the_function_that_failed(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [{"n": 1}]
            return _found("n", rows)

        def _found(rows: list[dict], name: str) -> object:
            return [row.get(name) for row in rows]
        """,
        '_found("n", rows)',
        '_found(rows, "n")',
    )


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        ("deque([1, 2])", "some.pop(0)", "some.popleft()"),
        ("[1, 2]", 'execute("select ?, ?", *some)', 'execute("select ?, ?", some)'),
        ("[1, 2]", 'execute("select ?, ?", 1, 2)', 'execute("select ?, ?", (1, 2))'),
    ],
)
async def test_a_queue_and_a_query(bench: Bench, made: str, old: str, new: str) -> None:
    text = f"""
import sqlite3
from collections import deque

def a() -> object:
    some, execute = {made}, sqlite3.connect(":memory:").execute
    return str({old})
"""
    fix = await bench.check_first(text, old, new)
    assert fix.preferred


async def test_nobody_rounds_a_number_that_is_written_out(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(worked: int = 75) -> float:
            return round(2, worked / 60)
        """,
        "round(2, worked / 60)",
        "round(worked / 60, 2)",
    )


async def test_nothing_is_one_argument_too_many(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a(folder: str = "x") -> str:
            return str(Path(folder, None) / "y")
        """,
        "Path(folder, None)",
        "Path(folder)",
    )


async def test_two_variables_in_the_places_of_each_other(bench: Bench) -> None:
    await bench.check_first(
        """
        def _value(key, row, words):
            return row[key] if isinstance(key, int) else words[key]

        def a() -> object:
            row, words = ["x"], {"n": 1}
            return [_value(key, words, row) for key in (0, "n")]
        """,
        "(key, words, row)",
        "(key, row, words)",
    )


async def test_none_is_of_no_more_use_in_another_place(bench: Bench) -> None:
    text = 'def a(n: dict = {}) -> float: return round(n.get("x"), 2)\n'
    assert await bench.meant(text) == []
