"""An object whose base class was never set up."""

import pytest

from codeact_lsp.repair.rules.super_init import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_class_with_a_beginning_of_its_own(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Base:
            def __init__(self) -> None:
                self.items: list[int] = []

        class _Child(_Base):
            def __init__(self) -> None:
                self.n = 1

        def a() -> object:
            return _Child().items
        """,
        "Write 'super().__init__()' first",
        """
        class _Base:
            def __init__(self) -> None:
                self.items: list[int] = []

        class _Child(_Base):
            def __init__(self) -> None:
                super().__init__()
                self.n = 1

        def a() -> object:
            return _Child().items
        """,
    )


async def test_with_what_the_base_class_takes(bench: Bench) -> None:
    await bench.check_first(
        """
        class Base:
            def __init__(self, name):
                self.name = name

        class Child(Base):
            def __init__(self, name, n):
                self.n = n

        def a() -> object:
            return Child("x", 3).name
        """,
        "        self.n = n",
        "        super().__init__(name)\n        self.n = n",
    )


async def test_a_class_of_a_library(bench: Bench) -> None:
    await bench.check_first(
        """
        from html.parser import HTMLParser

        class Links(HTMLParser):
            def __init__(self):
                self.links = []

            def handle_starttag(self, tag, attrs):
                self.links += [value for key, value in attrs if key == "href"]

        def a() -> object:
            parser = Links()
            parser.feed('<a href="/x">x</a>')
            return parser.links
        """,
        "        self.links = []",
        "        super().__init__()\n        self.links = []",
    )


async def test_a_thread_says_so_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        import threading

        class Counter(threading.Thread):
            def __init__(self, rows):
                self.rows = rows

            def run(self):
                self.total = sum(self.rows)

        def a() -> object:
            counter = Counter([1, 2])
            counter.start()
            counter.join()
            return counter.total
        """,
        "        self.rows = rows",
        "        super().__init__()\n        self.rows = rows",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1].items\n",
        """
        from collections import UserDict

        class Box(UserDict):
            def __init__(self):
                self.n = 1

        def a():
            box = Box()
            del box.n
            return box.n
        """,
        "def a(): raise RuntimeError('it was not called')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
