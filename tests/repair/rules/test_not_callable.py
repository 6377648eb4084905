"""A call of what cannot be called."""

import pytest

from codeact_lsp.repair.rules.not_callable import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_list_is_looked_up_in(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [4]) -> object:
            return rows(0)
        """,
        "Write 'rows[0]'",
        """
        def a(rows: list[int] = [4]) -> object:
            return rows[0]
        """,
    )


async def test_a_value_is_no_method(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(number: int = 4) -> object:
            return number.real()
        """,
        "Write 'number.real'",
        """
        def a(number: int = 4) -> object:
            return number.real
        """,
    )


async def test_a_comma_is_missing_between_two_items(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a() -> object:
            return ["a" ("b"), "c"]
        """,
        'Write \'"a", "b"\'',
        """
        def a() -> object:
            return ["a", "b", "c"]
        """,
    )


async def test_a_function_that_is_looked_into(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return abs[-3]
        """,
        "[-3]",
        "(-3)",
    )


async def test_a_module_that_is_called(bench: Bench) -> None:
    await bench.check_first(
        """
        import copy

        def a() -> object:
            rows = [1]
            return copy(rows)
        """,
        "copy(rows)",
        "copy.copy(rows)",
    )


async def test_the_method_of_an_object(bench: Bench) -> None:
    await bench.check_first(
        """
        class Log:
            def log(self, text):
                return text

        def a() -> object:
            log = Log()
            return log("x")
        """,
        'log("x")',
        'log.log("x")',
    )


async def test_a_type_that_is_called_in_an_annotation(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: list()[int] = ()) -> int:
            return len(rows)
        """,
        "list()[int]",
        "list[int]",
    )


async def test_a_decorator_that_is_called_once_more(bench: Bench) -> None:
    await bench.check_first(
        """
        from functools import lru_cache

        @lru_cache(9)()
        def _twice(n: int) -> int:
            return n * 2

        def a() -> int:
            return _twice(2)
        """,
        "lru_cache(9)()",
        "lru_cache(9)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return len()\n",
        "def a(): return [1]['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_mapping_of_another_library(bench: Bench) -> None:
    await bench.check_fix(
        """
        import os

        def a() -> object:
            return len(os.environ("PATH")) > 0
        """,
        """Write 'os.environ["PATH"]'""",
        """
        import os

        def a() -> object:
            return len(os.environ["PATH"]) > 0
        """,
    )


async def test_a_type_of_several_parts(bench: Bench) -> None:
    await bench.check_first(
        """
        from typing import List

        def a(n: int = 3) -> object:
            return _b([n])

        def _b(rows: List(int)) -> int:
            return rows[0]
        """,
        "List(int)",
        "List[int]",
    )


async def test_a_type_of_python_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return _b([3])

        def _b(rows: list(int)) -> int:
            return rows[0]
        """,
        "list(int)",
        "list[int]",
    )


async def test_what_a_function_gives_is_called_for_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def _of(mark: str) -> object:
            return re.compile(mark).match

        def a(mark: str = "x") -> list[bool]:
            match = _of(mark)()
            return [bool(match(each)) for each in ("xy", "y")]
        """,
        "_of(mark)()",
        "_of(mark)",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def _kept(rows: t.Sequence(str)) -> int:", "def _kept(rows: t.Sequence[str]) -> int:"),
        ("def _kept(rows: int) -> t.Sequence(int):", "def _kept(rows: int) -> t.Sequence[int]:"),
        ("_kept: t.Sequence(int) = [1]; \\", "_kept: t.Sequence[int] = [1]; \\"),
    ],
)
async def test_an_abstract_type_in_an_annotation(bench: Bench, old: str, new: str) -> None:
    text = """
        import collections.abc as t

        KEPT
            len([])

        def a() -> bool:
            return _kept is None
    """.replace("KEPT", old)
    await bench.check_first(text, old, new)


async def test_a_name_for_a_kind_of_lists_makes_none(bench: Bench) -> None:
    await bench.check_first(
        """
        from typing import List

        def a(n: int = 3) -> object:
            rows = List()
            rows.append(n)
            return rows
        """,
        "List()",
        "list()",
    )
