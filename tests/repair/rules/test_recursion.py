"""A function that calls itself without an end."""

import pytest

from codeact_lsp.repair.rules.recursion import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_property_that_reads_itself(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Box:
            def __init__(self) -> None:
                self._size = 3

            @property
            def size(self) -> int:
                return self.size

        def a() -> object:
            return _Box().size
        """,
        "Write 'self._size'",
        """
        class _Box:
            def __init__(self) -> None:
                self._size = 3

            @property
            def size(self) -> int:
                return self._size

        def a() -> object:
            return _Box().size
        """,
    )


async def test_a_count_without_an_end(bench: Bench) -> None:
    await bench.check_hides(
        """
        def _total(n: int) -> int:
            return n + _total(n - 1)

        def a() -> object:
            return _total(3)
        """,
        "End at 'n <= 0'",
        """
        def _total(n: int) -> int:
            if n <= 0:
                return 0
            return n + _total(n - 1)

        def a() -> object:
            return _total(3)
        """,
    )


async def test_an_end_that_is_stepped_over(bench: Bench) -> None:
    await bench.check_first(
        """
        def _product(n: int) -> int:
            if n == 1:
                return 1
            return n * _product(n - 1)

        def a() -> object:
            return _product(0)
        """,
        "n == 1",
        "n <= 1",
    )


async def test_an_item_of_what_it_was_given(bench: Bench) -> None:
    await bench.check_first(
        """
        def _flat(rows):
            out = []
            for row in rows:
                if isinstance(row, list):
                    out += _flat(rows)
                else:
                    out.append(row)
            return out

        def a() -> object:
            return _flat([1, [2]])
        """,
        "_flat(rows)\n        else",
        "_flat(row)\n        else",
    )


async def test_one_less_of_what_it_was_given(bench: Bench) -> None:
    await bench.check_first(
        """
        def _power(base, n):
            if n == 0:
                return 1
            return base * _power(base, n)

        def a() -> object:
            return _power(2, 3)
        """,
        "_power(base, n)\n\n",
        "_power(base, n - 1)\n\n",
    )


async def test_what_a_property_is_kept_in(bench: Bench) -> None:
    await bench.check_first(
        """
        class Person:
            def __init__(self, name):
                self.name = name

            @property
            def name(self):
                return self.name

            @name.setter
            def name(self, value):
                self.name = value

        def a() -> object:
            return Person("x").name
        """,
        "return self.name\n\n    @name.setter\n    def name(self, value):\n        self.name",
        "return self._name\n\n    @name.setter\n    def name(self, value):\n        self._name",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_step_away_from_the_end(bench: Bench) -> None:
    await bench.check_first(
        """
        def _fib(n: int) -> int:
            return n if n < 2 else _fib(n - 1) + _fib(n + 2)


        def a() -> object:
            return _fib(9)
        """,
        "_fib(n + 2)",
        "_fib(n - 2)",
    )


async def test_an_end_that_does_not_return(bench: Bench) -> None:
    await bench.check_first(
        """
        def _halves(rows: list[int]) -> list[int]:
            if len(rows) <= 1:
                print(rows)
            middle = len(rows) // 2
            return [*_halves(rows[middle:]), *_halves(rows[:middle])]

        def a() -> list[int]:
            return _halves([1, 2, 3])
        """,
        "print(rows)",
        "return rows",
    )


async def test_an_end_that_calls_itself_is_none(bench: Bench) -> None:
    await bench.check_none("""
        def _down(n: int) -> int:
            if n > 0:
                _down(n + 1)
            return _down(n)

        def a() -> int:
            return _down(2)
    """)
