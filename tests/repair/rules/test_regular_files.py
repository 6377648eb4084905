"""A folder among the files of a folder."""

import pytest

from codeact_lsp.repair.rules.regular_files import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_loop_over_a_folder(bench: Bench) -> None:
    fill(bench)
    await bench.check_first(
        """
        from pathlib import Path


        def a() -> object:
            texts = []
            for path in Path("kept").iterdir():
                texts.append(path.read_text())
            return texts
        """,
        "        texts.append",
        "        if not path.is_file():\n            continue\n        texts.append",
    )


async def test_names_in_a_comprehension(bench: Bench) -> None:
    fill(bench)
    await bench.check_first(
        """
        import os


        def a() -> object:
            names = os.listdir("kept")
            return [open("kept/" + name).read() for name in names if name]
        """,
        "if name]",
        'if name and os.path.isfile("kept/" + name)]',
    )


async def test_a_folder_that_was_named_is_meant(bench: Bench) -> None:
    fill(bench)
    await bench.check_silent(
        RULE,
        """
        from pathlib import Path


        def a() -> object:
            return Path("kept").read_text()
        """,
    )


def fill(bench: Bench) -> None:
    """A folder with a file and a folder in it."""
    (bench.folder / "kept" / "inner").mkdir(parents=True)
    (bench.folder / "kept" / "it.txt").write_text("x", encoding="utf-8")
