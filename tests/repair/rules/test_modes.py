"""A file that is opened in another mode, or divided by another mark."""

import pytest

from codeact_lsp.repair.rules.modes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_table_that_is_read_as_bytes(bench: Bench) -> None:
    await bench.check_fix(
        """
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("n\\n1\\n")
            with open("x.csv", "rb") as file:
                return list(csv.DictReader(file))
        """,
        "Write '\"r\"'",
        """
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("n\\n1\\n")
            with open("x.csv", "r") as file:
                return list(csv.DictReader(file))
        """,
    )


async def test_a_table_with_another_mark(bench: Bench) -> None:
    await bench.check_fix(
        """
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("name;n\\na;1\\n")
            with open("x.csv") as file:
                return [row["n"] for row in csv.DictReader(file)]
        """,
        "Divide it at ';'",
        """
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("name;n\\na;1\\n")
            with open("x.csv") as file:
                return [row["n"] for row in csv.DictReader(file, delimiter=";")]
        """,
    )


async def test_a_file_that_is_written(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        from pathlib import Path

        def a() -> object:
            Path("x.txt").write_text("")
            with open("x.txt") as file:
                return file.write("x")
        """,
        'open("x.txt")',
        'open("x.txt", "w")',
    )
    # It would lose what the file has.
    assert not fix.preferred


async def test_a_file_that_is_written_on(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a() -> object:
            Path("log.txt").write_text("x")
            with open("log.txt") as file:
                return file.write("y")
        """,
        'open("log.txt")',
        'open("log.txt", "a")',
    )


async def test_rows_by_the_names_of_their_columns(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import csv
        from pathlib import Path

        def a() -> object:
            Path("x.csv").write_text("id,n\n1,5\n")
            with open("x.csv") as file:
                return [row["n"] for row in csv.reader(file)]
        """,
        "csv.reader",
        "csv.DictReader",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_to_be_added_to_a_file_that_was_opened_to_be_read(bench: Bench) -> None:
    (bench.folder / "it.txt").write_text("x", encoding="utf-8")
    await bench.check_offer(
        """
        def a_log() -> object:
            with open("it.txt", "r") as file:
                file.write("y")
            with open("it.txt") as file:
                return file.read()
        """,
        """Write '"a"'""",
        """
        def a_log() -> object:
            with open("it.txt", "a") as file:
                file.write("y")
            with open("it.txt") as file:
                return file.read()
        """,
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("it.bin", '"w"', '"wb"'), ("it.txt", "write(data)", "write(data.decode())")],
)
async def test_bytes_that_are_written(bench: Bench, name: str, old: str, new: str) -> None:
    await bench.check_first(
        f"""
        def a(data: bytes = b"xy") -> int:
            with open("{name}", "w") as file:
                return file.write(data)
        """,
        old,
        new,
    )
