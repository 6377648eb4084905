"""A method that is named where its result is wanted."""

import pytest

from codeact_lsp.repair.rules.uncalled import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_method_that_is_gone_through(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return [key for key in table.keys]
        """,
        "Write 'table.keys()'",
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return [key for key in table.keys()]
        """,
    )


async def test_a_method_that_was_assigned_before(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "a b") -> object:
            words = text.split
            return len(words)
        """,
        "Write 'text.split()'",
        """
        def a(text: str = "a b") -> object:
            words = text.split()
            return len(words)
        """,
    )


async def test_all_that_one_line_names(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            column = pd.Series([1, 3])
            low, high = column.min, column.max
            return int(high - low)
        """,
        "column.min, column.max",
        "column.min(), column.max()",
    )


async def test_a_method_for_a_key(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> int:
            ages, names = {"ada": 36}, ["ada"]
            name = names.pop
            return ages[name]
        """,
        "names.pop",
        "names.pop()",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 1 + 'x'\n",
        "def a(): return [1].y\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_method_in_the_place_of_its_list(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "a b") -> object:
            return "-".join(text.split)
        """,
        "Write 'text.split()'",
        """
        def a(text: str = "a b") -> object:
            return "-".join(text.split())
        """,
    )


async def test_a_method_that_is_given_where_its_text_is_wanted(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = " 17 ") -> int:
            return int(text.strip or "0", 8)
        """,
        "text.strip",
        "text.strip()",
    )


async def test_the_node_that_gives_it_back(bench: Bench) -> None:
    await bench.check_first(
        """
        def lines() -> list[str]:
            return "tea\\noil".splitlines

        def a(lines: list[str]) -> list[str]:
            return [line.upper() for line in lines]
        """,
        "splitlines",
        "splitlines()",
    )


async def test_a_method_that_is_unpacked_by_way_of_a_name(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(text: str = "a=1") -> str:
            found = re.match(r"(.)=(.)", text)
            name, value = found.groups
            return value + name
        """,
        "found.groups",
        "found.groups()",
    )


async def test_a_function_of_python_with_what_stands_beside_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(mark: str = "t", rows: tuple[int, ...] = (1, 2)) -> int:
            if rows is not None and len > 1:
                return 1
            return 0
        """,
        "len > 1",
        "len(rows) > 1",
    )


async def test_a_function_that_is_imported(bench: Bench) -> None:
    await bench.check_first(
        """
        from math import factorial

        def a(number: int = 3) -> int:
            return factorial * 2
        """,
        "factorial * 2",
        "factorial(number) * 2",
    )


async def test_no_length_of_what_is_cut_itself(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(text: str = "tea-pot", mark: str = "tea-") -> str:
            return text[len:] if text.startswith(mark) else text
        """,
        """
        def a(text: str = "tea-pot", mark: str = "tea-") -> str:
            return text[len(mark):] if text.startswith(mark) else text
        """,
    )


async def test_the_places_of_what_is_looked_up_are_gone_through(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            prices, total = [2.0, 3.5], 0.0
            for place in range:
                total += prices[place]
            return total
        """,
        "in range:",
        "in range(len(prices)):",
    )


async def test_it_is_done_as_often_as_a_number_says(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(times: int = 3) -> object:
            return [2 ** each for each in range]
        """,
        "in range]",
        "in range(times)]",
    )


async def test_the_length_of_what_is_looked_up(bench: Bench) -> None:
    await bench.check_first(
        """
        def _pairs(ones: str, others: str) -> list:
            return [ones[i] + others[i] for i in range(len)]

        def a() -> list:
            return _pairs("ab", "cd")
        """,
        "range(len)",
        "range(len(ones))",
    )


async def test_a_set_that_was_never_made(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(words: tuple = ("tea", "rice")) -> int:
            seen = set
            for word in words:
                seen.add(word)
            return len(seen)
        """,
        """
        def a(words: tuple = ("tea", "rice")) -> int:
            seen = set()
            for word in words:
                seen.add(word)
            return len(seen)
        """,
    )


async def test_a_class_of_a_module(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import collections

        def a(words: tuple = ("tea", "rice")) -> int:
            rows = collections.deque
            rows.append(words[0])
            return len(rows)
        """,
        """
        import collections

        def a(words: tuple = ("tea", "rice")) -> int:
            rows = collections.deque()
            rows.append(words[0])
            return len(rows)
        """,
    )


async def test_a_function_that_a_variable_was_set_to(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _third(numbers: list[int]) -> int:
            total = sum
            return total // 3

        def a() -> int:
            return _third([3, 6])
        """,
        """
        def _third(numbers: list[int]) -> int:
            total = sum(numbers)
            return total // 3

        def a() -> int:
            return _third([3, 6])
        """,
    )
