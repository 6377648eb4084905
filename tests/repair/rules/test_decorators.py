"""A function that makes another of a function, and forgot what is due to it."""

import pytest

from codeact_lsp.repair.rules.decorators import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_to_give_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def _twice(f):
            def wrapper(*args):
                return f(*args) * 2

        @_twice
        def _price(n):
            return n + 1

        def a() -> object:
            return _price(4)
        """,
        "return f(*args) * 2\n",
        "return f(*args) * 2\n\n    return wrapper\n",
    )


async def test_to_take_what_the_function_takes(bench: Bench) -> None:
    await bench.check_first(
        """
        def _timed(f):
            def wrapper():
                return f()
            return wrapper

        @_timed
        def _add(x, y):
            return x + y

        def a() -> object:
            return _add(1, 2)
        """,
        "wrapper():\n        return f()",
        "wrapper(*args, **kwargs):\n        return f(*args, **kwargs)",
    )


async def test_the_second_value_of_a_reduction(bench: Bench) -> None:
    await bench.check_first(
        """
        from functools import reduce

        def a() -> object:
            return reduce(lambda x: x * x, [2, 3])
        """,
        "lambda x: x * x",
        "lambda x, y: x * y",
    )


async def test_a_value_that_it_does_not_need(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return list(map(lambda: 3, [1, 2]))
        """,
        "lambda: 3",
        "lambda *_: 3",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return None()\n",
        "def a(): return (lambda x: x)()\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
