"""A method that is called as if it were a function."""

import pytest

from codeact_lsp.repair.rules.as_functions import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_method_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            append(found, 1)
            return found
        """,
        "append(found, 1)",
        "found.append(1)",
    )


async def test_a_method_of_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "ada") -> object:
            return upper(name)
        """,
        "upper(name)",
        "name.upper()",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return calculate(1)\n",
        "def a(): return upper\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_function_of_a_module(bench: Bench) -> None:
    await bench.check_first(
        """
        import datetime

        def a() -> object:
            return str(date(datetime, 2024, 5, 4))
        """,
        "date(datetime, 2024, 5, 4)",
        "datetime.date(2024, 5, 4)",
    )


async def test_a_method_of_a_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a() -> object:
            found = re.match("a", "ab")
            return group(found, 0)
        """,
        "group(found, 0)",
        "found.group(0)",
    )


async def test_a_method_of_a_class_of_the_plan(bench: Bench) -> None:
    await bench.check_first(
        """
        class Box:
            def area(self) -> int:
                return 6

        def a() -> object:
            box = Box()
            area = area(box)
            return area
        """,
        "area(box)",
        "box.area()",
    )


async def test_a_function_of_that_name_is_another(bench: Bench) -> None:
    await bench.check_first(
        """
        def split(path: str = "a/b") -> str:
            return path.rpartition("/")[0]

        def a(path: str = "x/y/z", mark: str = "/") -> list[str]:
            return [*split(path, mark), split(path)]
        """,
        "split(path, mark)",
        "path.split(mark)",
    )


async def test_one_that_the_plan_calls_as_a_method_elsewhere(bench: Bench) -> None:
    await bench.check_first(
        """
        import decimal

        def a(number: object = decimal.Decimal(2)) -> object:
            one = copy_abs(number)
            return one + number.copy_abs()
        """,
        "copy_abs(number)",
        "number.copy_abs()",
    )


async def test_a_method_of_texts_before_a_function_of_a_module(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(line: str = "b.c", mark: str = ".") -> object:
            return split(line, mark), re.escape(line)
        """,
        "split(line, mark)",
        "line.split(mark)",
    )


async def test_one_that_a_class_has_and_python_too(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Style:
            def format(self, record: list[int]) -> str:
                return "-".join(map(str, record))

        def a() -> str:
            style, record = _Style(), [1, 2]
            return format(style, record)
        """,
        "format(style, record)",
        "style.format(record)",
    )


async def test_where_a_variable_has_that_name(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: tuple = ("tea", "banana")) -> int:
            count = 0
            for word in words:
                if count(word, "a") > 1:
                    count += 1
            return count
        """,
        'count(word, "a")',
        'word.count("a")',
    )


async def test_a_method_of_the_class_around_is_not_asked_of_a_value(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Words:
            def find(self, text: str, part: str) -> bool:
                return part in text

            def has(self, text: str, part: str) -> bool:
                return find(text, part)

        def a() -> bool:
            return _Words().has("tea", "ea")
        """,
        "return find(",
        "return self.find(",
    )


async def test_a_function_that_is_given_its_own_module(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import heapq
        from heapq import heapify

        def a() -> list[int]:
            rows = [3, 1, 2]
            heapify(heapq, rows)
            return rows
        """,
        """
        import heapq
        from heapq import heapify

        def a() -> list[int]:
            rows = [3, 1, 2]
            heapq.heapify(rows)
            return rows
        """,
    )
