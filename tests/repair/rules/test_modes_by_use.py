"""A file that is opened to be read or made, where what is done with it tells otherwise."""

import pytest

from codeact_lsp.repair.rules.modes_by_use import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    "use",
    [
        'file.write("x")',
        'file.writelines(["x"])',
        "csv.writer(file).writerow([1])",
        "json.dump([1], file)",
        'print("x", file=file)',
    ],
)
@pytest.mark.parametrize("mode", ["", ', "r"', ', "r+"', ', mode="r+"'])
async def test_a_file_that_is_not_there_and_is_written(bench: Bench, use: str, mode: str) -> None:
    text = f"""
        import csv
        import json

        def a() -> int:
            with open("report.txt"{mode}) as file:
                {use}
            return len(open("report.txt").read())
        """
    word = "mode=" if "mode=" in mode else ""
    new = f'open("report.txt", {word}"w") as'
    fix = await bench.check_first(text, f'open("report.txt"{mode}) as', new)
    assert fix.preferred


@pytest.mark.parametrize(
    "use",
    [
        'json.dump([1], open("it.json"))',
        'open("it.json").write("x")',
        'print(1, file=open("it.json"))',
    ],
)
async def test_a_file_without_a_name(bench: Bench, use: str) -> None:
    text = f"import json\n\ndef a() -> int:\n    {use}\n    return 1\n"
    await bench.check_first(text, 'open("it.json")', 'open("it.json", "w")')


async def test_a_file_of_a_path(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a() -> int:
            file = Path("report.bin").open("rb+")
            file.write(b"x")
            file.close()
            return 1
        """,
        '"rb+"',
        '"wb"',
    )


async def test_a_file_that_is_added_to(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> int:
            with open("visits.log", "r+") as file:
                file.write("one")
            return 1
        """,
        '"r+"',
        '"a"',
    )


async def test_a_file_that_is_read_and_written(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        def a() -> int:
            with open("count.txt", "r+") as file:
                count = len(file.readlines())
                file.write("one")
            return count
        """,
        '"r+"',
        '"w+"',
    )
    # What it was to read may be missing by mistake.
    assert not fix.preferred


async def test_a_file_that_is_there_already(bench: Bench) -> None:
    (bench.folder / "it.txt").write_text("x", encoding="utf-8")
    fix = await bench.check_first(
        """
        def a() -> int:
            with open("it.txt", "x") as file:
                return file.write("y")
        """,
        '"x"',
        '"w"',
    )
    assert not fix.preferred


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a():\n    with open('no.txt') as file:\n        return [line for line in file]\n",
        "def a():\n    with open('no.txt') as file:\n        return file.read()\n",
        "import json\n\ndef a():\n    return json.load(open('no.json'))\n",
        "import os\n\ndef a():\n    os.mkdir('b')\n    os.mkdir('b')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
