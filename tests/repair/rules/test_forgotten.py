"""A function whose result is nothing, or a method."""

import pytest

from codeact_lsp.repair.rules.forgotten import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_function_that_forgot_to_return(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _load() -> object:
            rows = [1, 2]
            rows.append(3)

        def a() -> object:
            return sum(_load())
        """,
        "In '_load': return 'rows'",
        """
        def _load() -> object:
            rows = [1, 2]
            rows.append(3)
            return rows

        def a() -> object:
            return sum(_load())
        """,
    )


async def test_a_method_that_was_not_called(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _lines(text: str) -> object:
            return [line.strip for line in text.splitlines()]

        def a() -> object:
            return "|".join(_lines(" x "))
        """,
        "In '_lines': write 'line.strip()'",
        """
        def _lines(text: str) -> object:
            return [line.strip() for line in text.splitlines()]

        def a() -> object:
            return "|".join(_lines(" x "))
        """,
    )


async def test_the_end_of_a_function_that_calls_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def _factorial(n):
            if n == 1:
                return 1
            n * _factorial(n - 1)

        def a() -> object:
            return _factorial(3)
        """,
        "    n * _",
        "    return n * _",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_property_that_prints(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Box:
            def __init__(self, side):
                self._side = side

            @property
            def side(self):
                print(self._side)

        def a() -> object:
            box = _Box(3)
            return box.side * 2
        """,
        "print(self._side)",
        "return self._side",
    )


async def test_a_method_that_gives_a_text_of_what_it_made(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        class _Forms:
            def __init__(self, mark):
                self.mark = mark

            def pattern(self):
                return str(re.compile(self.mark))

        def a() -> object:
            form = _Forms("a+").pattern()
            return form.match("aab").end()
        """,
        "str(re.compile(self.mark))",
        "re.compile(self.mark)",
    )


async def test_what_a_sign_calls(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Sum:
            def __init__(self, value):
                self.value = value

            def __add__(self, other):
                _Sum(self.value + other.value)

        def a() -> object:
            both = _Sum(1) + _Sum(2)
            return both.value
        """,
        "        _Sum(self",
        "        return _Sum(self",
    )


async def test_a_function_within_the_one_that_failed(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            def halved(number):
                print(number / 2)

            return [halved(each) + 1 for each in (2, 4)]
        """,
        "print(number / 2)",
        "return number / 2",
    )
