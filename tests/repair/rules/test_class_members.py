"""A class whose members are used otherwise than they are defined."""

import pytest

from codeact_lsp.repair.rules.class_members import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_a_property_returns(bench: Bench) -> None:
    await bench.check_first(
        """
        class Account:
            def __init__(self):
                self._n = 0

            @property
            def n(self):
                return self._n

            def add(self, more):
                self.n += more
                return self._n

        def a() -> object:
            return Account().add(3)
        """,
        "self.n += more",
        "self._n += more",
    )


async def test_a_property_that_is_set_from_elsewhere(bench: Bench) -> None:
    await bench.check_first(
        """
        class Account:
            def __init__(self):
                self._n = 0

            @property
            def n(self):
                return self._n

        def a() -> object:
            account = Account()
            account.n = 3
            return account.n
        """,
        "return self._n\n",
        "return self._n\n\n    @n.setter\n    def n(self, value):\n        self._n = value\n",
    )


async def test_the_object_once(bench: Bench) -> None:
    await bench.check_first(
        """
        class Cart:
            def add(self, n):
                return n

            def fill(self):
                return self.add(self, 3)

        def a() -> object:
            return Cart().fill()
        """,
        "self.add(self, 3)",
        "self.add(3)",
    )


async def test_the_base_class_is_called_for(bench: Bench) -> None:
    await bench.check_first(
        """
        class Base:
            def __init__(self, n):
                self.n = n

        class Child(Base):
            def __init__(self, n):
                super.__init__(n)

        def a() -> object:
            return Child(3).n
        """,
        "super.__init__",
        "super().__init__",
    )


async def test_a_method_of_the_class(bench: Bench) -> None:
    await bench.check_first(
        """
        class Temperature:
            def __init__(self, n):
                self.n = n

            def of(cls, n):
                return cls(n + 1)

        def a() -> object:
            return Temperature.of(3).n
        """,
        "    def of",
        "    @classmethod\n    def of",
    )


async def test_a_variable_of_the_class(bench: Bench) -> None:
    await bench.check_first(
        """
        class Counter:
            count = 0

            def __init__(self):
                count += 1

        def a() -> object:
            Counter()
            return Counter.count
        """,
        "        count += 1",
        "        Counter.count += 1",
    )


async def test_a_method_that_is_due(bench: Bench) -> None:
    await bench.check_first(
        """
        from abc import ABC, abstractmethod

        class Reader(ABC):
            @abstractmethod
            def read(self): ...

        class Text(Reader):
            def raed(self):
                return "x"

        def a() -> object:
            return Text().read()
        """,
        "raed",
        "read",
    )


async def test_a_method_that_nobody_has_written(bench: Bench) -> None:
    await bench.check_first(
        """
        class Shape:
            def area(self):
                raise NotImplementedError

        class Square(Shape):
            def get_area(self):
                return 4

        def a() -> object:
            return Square().area()
        """,
        "get_area",
        "area",
    )


async def test_a_method_of_the_base_class(bench: Bench) -> None:
    await bench.check_first(
        """
        class Base:
            def greet(self):
                return "x"

        class Child(Base):
            def greet(self):
                return super.greet() + "!"

        def a() -> object:
            return Child().greet()
        """,
        "super.greet",
        "super().greet",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return (3).x\n",
        "def a(): raise NotImplementedError\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
