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


async def test_what_would_be_read_only_after_it_was_given_back(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import csv
        from pathlib import Path

        def _rows(path: str) -> object:
            with open(path, newline="") as file:
                return csv.DictReader(file)

        def a() -> object:
            Path("x.csv").write_text("n\n1\n2\n")
            return [row["n"] for row in _rows("x.csv")]
        """,
        "csv.DictReader(file)",
        "list(csv.DictReader(file))",
    )


async def test_where_it_is_gone_through_one_by_one(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import csv
        from pathlib import Path

        def _rows(path: str) -> object:
            with open(path, newline="") as file:
                reader = csv.reader(file)
                return reader

        def a() -> object:
            Path("x.csv").write_text("n\n1\n2\n")
            rows = _rows("x.csv")
            head = next(rows)
            return head, list(rows)
        """,
        "return reader",
        "return iter(list(reader))",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
