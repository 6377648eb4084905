"""Methods, and whose a name is."""

import pytest

from codeact_lsp.repair.rules.selfless import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_method_that_does_not_take_its_object(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Item:
            price = 3

            def value() -> int:
                return 3

        def a() -> object:
            return _Item().value()
        """,
        "Have 'value' take 'self'",
        """
        class _Item:
            price = 3

            def value(self) -> int:
                return 3

        def a() -> object:
            return _Item().value()
        """,
    )


async def test_an_attribute_without_its_object(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Item:
            def __init__(self) -> None:
                self.price = 3

            def value(self) -> int:
                return price

        def a() -> object:
            return _Item().value()
        """,
        "Write 'self.price'",
        """
        class _Item:
            def __init__(self) -> None:
                self.price = 3

            def value(self) -> int:
                return self.price

        def a() -> object:
            return _Item().value()
        """,
    )


async def test_a_name_of_the_class(bench: Bench) -> None:
    await bench.check_first(
        """
        class Converter:
            RATE = 2

            def convert(self, n):
                return n * RATE

        def a() -> object:
            return Converter().convert(3)
        """,
        "* RATE",
        "* self.RATE",
    )


async def test_an_attribute_that_is_counted_with(bench: Bench) -> None:
    await bench.check_first(
        """
        class Car:
            def __init__(self):
                self.speed = 0

            def accelerate(self, more):
                speed += more
                return self.speed

        def a() -> object:
            return Car().accelerate(5)
        """,
        "        speed += more",
        "        self.speed += more",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return price\n",
        "def a(): return len([], 1)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_keyword_that_falls_on_another_place(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Book:
            def __init__(owner, start=0):
                self.owner, self.sum = owner, start

        def a() -> object:
            return _Book("Ada", start=2).sum
        """,
        "__init__(owner",
        "__init__(self, owner",
    )


async def test_what_the_object_keeps_for_a_parameter(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Names:
            def __init__(self, words=None):
                self.words = words or ["a", "b"]
                self.first = words[0]

        def a() -> object:
            return _Names().first
        """,
        " words[0]",
        " self.words[0]",
    )
