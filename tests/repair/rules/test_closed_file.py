"""A file that is read after the block that held it open."""

import pytest

from codeact_lsp.repair.rules.closed_file import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_follows_moves_into_the_block(bench: Bench) -> None:
    await bench.check_fix(
        r"""
        from pathlib import Path

        def a() -> object:
            Path("x").write_text("1\n2\n")
            with open("x") as file:
                head = file.readline()
            rest = file.read()
            return head + rest
        """,
        "Read it while it is open",
        r"""
        from pathlib import Path

        def a() -> object:
            Path("x").write_text("1\n2\n")
            with open("x") as file:
                head = file.readline()
                rest = file.read()
            return head + rest
        """,
    )


async def test_a_block_that_did_nothing(bench: Bench) -> None:
    await bench.check_fix(
        """
        from pathlib import Path

        def a() -> object:
            Path("x").write_text("1")
            with open("x") as file:
                pass
            return file.read()
        """,
        "Read it while it is open",
        """
        from pathlib import Path

        def a() -> object:
            Path("x").write_text("1")
            with open("x") as file:
                return file.read()
        """,
    )


async def test_a_file_that_was_read_already(bench: Bench) -> None:
    await bench.check_first(
        r"""
        from pathlib import Path

        def a() -> object:
            Path("x.txt").write_text("b\na\n")
            with open("x.txt") as file:
                text = file.read()
            return [line for line in file]
        """,
        "line in file",
        "line in text.splitlines()",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
