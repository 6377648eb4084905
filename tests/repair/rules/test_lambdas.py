"""A small function of several parameters that is given one value."""

import pytest

from codeact_lsp.repair.rules.lambdas import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_parts_of_a_pair(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(table: dict[str, int] = {"x": 1, "y": 2}) -> object:
            return sorted(table.items(), key=lambda name, count: -count)
        """,
        "Take one item, and look its parts up",
        """
        def a(table: dict[str, int] = {"x": 1, "y": 2}) -> object:
            return sorted(table.items(), key=lambda item: -item[1])
        """,
    )


async def test_a_part_of_each_item(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [("a", 2), ("b", 1)]
            return sorted(rows, key=rows[1])
        """,
        "key=rows[1]",
        "key=lambda item: item[1]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return (lambda x: x)(1, 2)\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_parameter_that_is_not_read(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return sorted([(2,), (1,)], key=lambda n, other: -n[0])
        """,
        "lambda n, other:",
        "lambda n:",
    )


async def test_a_parameter_that_is_left_out(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return sorted([2, 1], key=lambda: -n)
        """,
        "lambda: -n",
        "lambda n: -n",
    )


async def test_one_that_another_function_has_made(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Reader:
            def read(self, words):
                for word in words:
                    self.on_word(word)

        def a() -> object:
            seen = []
            reader = _Reader()
            reader.on_word = lambda: seen.append(word)
            reader.read(["a", "b"])
            return seen
        """,
        "lambda:",
        "lambda word:",
    )


async def test_one_too_many_of_another_function(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Reader:
            def read(self, words):
                for word in words:
                    self.on_word(word)

        def a() -> object:
            seen = []
            reader = _Reader()
            reader.on_word = lambda word, number: seen.append(word)
            reader.read(["a", "b"])
            return seen
        """,
        "lambda word, number:",
        "lambda word:",
    )


async def test_a_pair_that_is_looked_into(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            counts = {"a": 1, "b": 2}
            return sorted(counts.items(), key=lambda pair, other: -pair[1])
        """,
        "lambda pair, other:",
        "lambda pair:",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            'def a(rows: list = [{"age": 3}, {"age": 9}]): return max(rows, key="age")["age"]\n',
            '"age")',
            'lambda item: item["age"])',
        ),
        (
            (
                "from types import SimpleNamespace\n"
                "\n"
                "def a():\n"
                "    rows = [SimpleNamespace(age=3), SimpleNamespace(age=9)]\n"
                '    return max(rows, key="age").age\n'
            ),
            '"age"',
            "lambda item: item.age",
        ),
    ],
)
async def test_a_key_by_its_name(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)
