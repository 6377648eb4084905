"""An attribute that a class uses, and that its `__init__` never sets."""

import pytest

from codeact_lsp.repair.rules.unset_attributes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_parameter_that_is_kept_as_a_variable(bench: Bench) -> None:
    await bench.check_first(
        """
        class Account:
            def __init__(self, balance: int) -> None:
                balance = balance

            def after(self, n: int) -> int:
                return self.balance + n

        def a() -> object:
            return Account(5).after(3)
        """,
        "        balance = balance",
        "        self.balance = balance",
    )


async def test_a_parameter_that_is_not_kept(bench: Bench) -> None:
    await bench.check_first(
        """
        class Account:
            def __init__(self, owner: str, balance: int) -> None:
                self.owner = owner

            def after(self, n: int) -> int:
                return self.balance + n

        def a() -> object:
            return Account("x", 5).after(3)
        """,
        "self.owner = owner\n",
        "self.owner = owner\n        self.balance = balance\n",
    )


async def test_a_list_that_is_added_to(bench: Bench) -> None:
    await bench.check_first(
        """
        class Log:
            def __init__(self) -> None:
                self.size = 0

            def add(self, line: str) -> int:
                self.lines.append(line)
                return len(self.lines)

        def a() -> object:
            return Log().add("x")
        """,
        "self.size = 0\n",
        "self.size = 0\n        self.lines = []\n",
    )


async def test_all_that_was_given(bench: Bench) -> None:
    await bench.check_first(
        """
        class Dog:
            def __init__(self, name, age):
                name = name
                age = age

        def a() -> object:
            return Dog("x", 3).name
        """,
        "        name = name\n        age = age",
        "        self.name = name\n        self.age = age",
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "class Log:\n"
            "    def __init__(self): self.size = 0\n"
            "    def open(self): self.lines = []\n"
            "def a(): return Log().lines\n"
        ),
        "def a(): return (1).nothing\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_asked_to_be_nothing(bench: Bench) -> None:
    fixes = await bench.meant(
        """
        class Reader:
            def __init__(self, text: str) -> None:
                self.text = text

            def mark(self, mode: str) -> None:
                self.mode = mode

        def a() -> str:
            it = Reader("tea")
            return it.text if it.mode is None else it.mode
        """
    )
    assert fixes[0].label == "Add 'self.mode = None' to '__init__'"


async def test_one_that_a_method_needs_before_the_end(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Shelf:
            def __init__(self, items):
                self.name = "shelf"
                for item in items:
                    self.put(item)

            def put(self, item):
                if self.places.get(item) is None:
                    self.places[item] = len(self.places)

        def a() -> object:
            return sorted(_Shelf(["a", "b"]).places)
        """,
        "        for item",
        "        self.places = {}\n        for item",
    )


async def test_a_parameter_by_its_name_without_underscore(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Book:
            def __init__(self, owner, start=0):
                self._start = start

            def title(self):
                return f"{self._owner}: {self._start}"

        def a() -> object:
            return _Book("Ada").title()
        """,
        "        self._start = start\n",
        "        self._start = start\n        self._owner = owner\n",
    )


async def test_what_a_new_object_is_made_of(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Ratio:
            def __new__(cls, upper, lower=1):
                self = object.__new__(cls)
                self._lower = lower
                return self

            def value(self):
                return self._upper / self._lower

        def a() -> object:
            return _Ratio(3, 2).value()
        """,
        "        return self\n",
        "        self._upper = upper\n        return self\n",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "class Node:\n"
                "    def __init__(self, name):\n"
                "        self.name = name\n"
                "\n"
                "def a():\n"
                '    node = Node("x")\n'
                '    node.next.append("y")\n'
                "    return node.next\n"
            ),
            "        self.name = name\n",
            ("        self.name = name\n        self.next = []\n"),
        ),
        (
            (
                "class Pool:\n"
                "    MAX_LOAD = 5\n"
                "\n"
                "    def __init__(self):\n"
                "        self.used = 1\n"
                "\n"
                "    def free(self):\n"
                "        return self._load - self.used\n"
                "\n"
                "def a(): return Pool().free()\n"
            ),
            "        self.used = 1\n",
            ("        self.used = 1\n        self._load = self.MAX_LOAD\n"),
        ),
    ],
)
async def test_what_other_objects_do_with_it(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


async def test_what_is_imported_for_nothing(bench: Bench) -> None:
    await bench.check_first(
        """
        import json
        from itertools import count

        class _Clock:
            def __init__(self) -> None:
                self.seen = json.loads("[]")

            def tick(self) -> int:
                return next(self._numbers)

        def a() -> int:
            return _Clock().tick()
        """,
        'json.loads("[]")',
        'json.loads("[]")\n        self._numbers = count()',
    )


async def test_as_others_are_taken_from_the_same(bench: Bench) -> None:
    await bench.check_first(
        """
        from types import SimpleNamespace

        class Pool:
            def __init__(self, settings: SimpleNamespace) -> None:
                self.rate = settings.rate

            def most(self) -> int:
                return self.rate * self.size

        def a() -> int:
            return Pool(SimpleNamespace(rate=2, size=3)).most()
        """,
        "self.rate = settings.rate",
        "self.rate = settings.rate\n        self.size = settings.size",
    )


async def test_set_in_the_method_that_moves_it_on(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class _Node:
            def __init__(self, value: int) -> None:
                self.value = value
                self.next = None

        class _Chain:
            def made(self, values: list[int]) -> _Node:
                head = _Node(0)
                for value in values:
                    self.last.next = _Node(value)
                    self.last = self.last.next
                return head.next

        def a() -> int:
            return _Chain().made([3, 4]).value
        """,
        """
        class _Node:
            def __init__(self, value: int) -> None:
                self.value = value
                self.next = None

        class _Chain:
            def made(self, values: list[int]) -> _Node:
                head = _Node(0)
                self.last = head
                for value in values:
                    self.last.next = _Node(value)
                    self.last = self.last.next
                return head.next

        def a() -> int:
            return _Chain().made([3, 4]).value
        """,
    )
