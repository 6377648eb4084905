"""A method that Python calls, and that gives something else than it wants."""

import pytest

from codeact_lsp.repair.rules.special_methods import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_text_that_is_printed(bench: Bench) -> None:
    await bench.check_first(
        """
        class Item:
            def __init__(self, name):
                self.name = name

            def __str__(self):
                print(self.name)

        def a() -> object:
            return str(Item("tea"))
        """,
        "print(self.name)",
        "return self.name",
    )


async def test_a_text_that_is_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        class Item:
            def __str__(self):
                return 3

        def a() -> object:
            return str(Item())
        """,
        "return 3",
        "return str(3)",
    )


async def test_lines_that_are_printed(bench: Bench) -> None:
    await bench.check_first(
        """
        class Grid:
            def __init__(self, rows):
                self.rows = rows

            def __str__(self):
                for row in self.rows:
                    print("".join(row))

        def a() -> object:
            return str(Grid(["ab", "cd"]))
        """,
        'for row in self.rows:\n            print("".join(row))',
        'return "\\n".join("".join(row) for row in self.rows)',
    )


async def test_a_list_to_go_through(bench: Bench) -> None:
    await bench.check_first(
        """
        class Playlist:
            def __init__(self, songs):
                self.songs = songs

            def __iter__(self):
                return self.songs

        def a() -> object:
            return list(Playlist(["x"]))
        """,
        "return self.songs",
        "return iter(self.songs)",
    )


async def test_a_name_with_too_few_underscores(bench: Bench) -> None:
    await bench.check_first(
        """
        class Item:
            def _init_(self, name):
                self.name = name

        def a() -> object:
            return Item("tea").name
        """,
        "_init_",
        "__init__",
    )


async def test_what_with_is_given(bench: Bench) -> None:
    await bench.check_first(
        """
        from contextlib import contextmanager

        def _opened():
            yield 3

        def a() -> object:
            with _opened() as n:
                return n
        """,
        "def _opened",
        "@contextmanager\ndef _opened",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 3 + 'x'\n",
        "\nclass Item:\n    def name(self): return 3\n\ndef a(): return Item().size\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
