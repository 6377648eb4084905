"""A file that is not where it is looked for."""

import pytest

from codeact_lsp.repair.rules.paths import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_another_case_of_letters(bench: Bench) -> None:
    await bench.check_fix(
        """
        from pathlib import Path

        def a() -> object:
            Path("notes.txt").write_text("x")
            return Path("Notes.txt").read_text()
        """,
        "Read 'notes.txt'",
        """
        from pathlib import Path

        def a() -> object:
            Path("notes.txt").write_text("x")
            return Path("notes.txt").read_text()
        """,
    )


async def test_another_folder(bench: Bench) -> None:
    await bench.check_fix(
        """
        from pathlib import Path

        def a() -> object:
            Path("data").mkdir(exist_ok=True)
            Path("data/notes.txt").write_text("x")
            return open("notes.txt").read()
        """,
        "Read 'data/notes.txt'",
        """
        from pathlib import Path

        def a() -> object:
            Path("data").mkdir(exist_ok=True)
            Path("data/notes.txt").write_text("x")
            return open("data/notes.txt").read()
        """,
    )


async def test_in_the_folder_that_a_function_has_listed_for_one_that_opens(bench: Bench) -> None:
    await bench.check_first(
        """
        import os
        from pathlib import Path

        def _names(kind: str, folder: str) -> list[str]:
            return sorted(name for name in os.listdir(folder) if name.endswith(kind))

        def _size(path: str) -> int:
            with open(path, encoding="utf-8") as file:
                return len(file.read())

        def a() -> object:
            Path("data").mkdir(exist_ok=True)
            Path("data/notes.txt").write_text("x")
            return {name: _size(name) for name in _names(".txt", "data")}
        """,
        "_size(name)",
        '_size(os.path.join("data", name))',
    )


async def test_where_a_variable_keeps_what_was_listed(bench: Bench) -> None:
    await bench.check_first(
        """
        from os import listdir
        import os
        from pathlib import Path

        def a() -> object:
            Path("data").mkdir(exist_ok=True)
            Path("data/notes.txt").write_text("x")
            names = sorted(os.listdir("data"))
            found = []
            for name in names:
                found.append(open(name).read())
            return found
        """,
        "open(name)",
        'open(os.path.join("data", name))',
    )


async def test_in_the_folder_that_was_listed(bench: Bench) -> None:
    await bench.check_first(
        """
        import os
        from pathlib import Path

        def a() -> object:
            Path("data").mkdir(exist_ok=True)
            Path("data/x").write_text("y")
            for name in os.listdir("data"):
                with open(name) as file:
                    return file.read()
        """,
        "open(name)",
        'open(os.path.join("data", name))',
    )


async def test_in_the_folder_of_a_walk(bench: Bench) -> None:
    await bench.check_first(
        """
        import os
        from pathlib import Path

        def a() -> object:
            Path("d").mkdir(exist_ok=True)
            Path("d", "x.txt").write_text("abc")
            sizes = []
            for root, _, files in os.walk("d"):
                for name in files:
                    sizes.append(os.path.getsize(name))
            return sizes
        """,
        "getsize(name)",
        "getsize(os.path.join(root, name))",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return open('nothing-is-called-like-that').read()\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
