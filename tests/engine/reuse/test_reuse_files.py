"""A result rests on the files that its node was seen to read, and on the folders it listed."""

import os
import py_compile
from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

READER = """
from pathlib import Path

def orders():
    return [int(line) for line in Path("orders.csv").read_text().split()]

def total(orders):
    return sum(orders)

def unrelated():
    return 1
"""


async def test_a_changed_file_runs_its_readers_again(engine: Engine, tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text("1\n2\n")
    first = await run_plan(engine, tmp_path, READER)
    assert first.became == {"orders": "ran", "unrelated": "ran", "total": "ran"}
    orders.write_text("1\n2\n3\n")
    again = await run_plan(engine, tmp_path, READER)
    assert again.became == {"orders": "ran", "unrelated": "cached", "total": "ran"}
    assert again.why("orders") == "orders.csv has changed"
    assert again.why("total") == "the value of 'orders' is new"
    assert again.value("total") == 6


async def test_a_changed_file_with_the_same_value_runs_nothing_that_follows(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "orders.csv").write_text("1\n2\n")
    await run_plan(engine, tmp_path, READER)
    (tmp_path / "orders.csv").write_text("1 2")
    again = await run_plan(engine, tmp_path, READER)
    assert {name for name, how in again.became.items() if how == "ran"} == {"orders"}


@pytest.mark.parametrize(
    "reading",
    [
        "open('data.csv').read()",
        "Path('data.csv').read_bytes()",
        "list(pd.read_csv('data.csv', header=None)[0])",
        "np.loadtxt('data.csv').tolist()",
        "os.read(os.open('data.csv', os.O_RDONLY), 100)",
        "helper.VALUE",
        "compiled.VALUE",
    ],
)
async def test_whatever_reads_a_file_is_noticed(
    engine: Engine, tmp_path: Path, reading: str
) -> None:
    text = f"""
    import os
    from pathlib import Path
    {"import pandas as pd" if "pd." in reading else ""}
    {"import numpy as np" if "np." in reading else ""}

    def a():
        {f"import {reading.partition('.')[0]}" if "VALUE" in reading else ""}
        return {reading}
    """
    for value in ("1\n", "2\n"):
        (tmp_path / "data.csv").write_text(value)
        (tmp_path / "helper.py").write_text(f"VALUE = {value}")
        (tmp_path / "compiled.py").write_text(f"VALUE = {value}")
        if value == "1\n":  # Python itself sees a change only if the second is another one.
            os.utime(tmp_path / "compiled.py", (1, 1))
            py_compile.compile(str(tmp_path / "compiled.py"))
        first, second = [await run_plan(engine, tmp_path, text) for _ in range(2)]
        assert (first.became["a"], second.became["a"]) == ("ran", "cached")
        assert value.strip() in str(first.value("a"))


async def test_a_file_that_appears_is_noticed(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        try:
            return open("settings.toml").read()
        except FileNotFoundError:
            return "default"
    """
    assert (await run_plan(engine, tmp_path, text)).value("a") == "default"
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    (tmp_path / "settings.toml").write_text("mine")
    again = await run_plan(engine, tmp_path, text)
    assert (again.why("a"), again.value("a")) == ("settings.toml has changed", "mine")


@pytest.mark.parametrize(
    "listing",
    [
        "os.listdir('data')",
        "[entry.name for entry in os.scandir('data')]",
        "[path.name for path in Path('data').glob('*.csv')]",
        "glob.glob('data/*.csv')",
        "list(os.walk('data'))",
        "(os.chdir('data'), os.listdir())[1]",
    ],
)
async def test_a_file_that_appears_in_a_folder_that_was_listed_is_noticed(
    engine: Engine, tmp_path: Path, listing: str
) -> None:
    text = f"import glob, os\nfrom pathlib import Path\n\ndef a(): return len(str({listing}))\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "first.csv").touch()
    first, second = [await run_plan(engine, tmp_path, text) for _ in range(2)]
    assert (first.became, second.became) == ({"a": "ran"}, {"a": "cached"})
    (tmp_path / "elsewhere.csv").touch()
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    (tmp_path / "data" / "second.csv").touch()
    third = await run_plan(engine, tmp_path, text)
    assert third.why("a") == "data has changed"
    assert third.value("a") > first.value("a")


async def test_a_folder_that_only_the_import_system_lists_is_no_witness(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        try:
            import colorsys, nowhere_to_be_found
        except ImportError:
            return colorsys.__name__
    """
    await run_plan(engine, tmp_path, text)
    (tmp_path / "new.csv").touch()
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}


async def test_a_node_that_changes_what_it_reads_is_not_kept(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from pathlib import Path

    def a():
        seen = Path("log").read_text()
        Path("log").write_text(seen + "x")
        return len(seen)
    """
    (tmp_path / "log").touch()
    assert [(await run_plan(engine, tmp_path, text)).value("a") for _ in range(3)] == [0, 1, 2]


async def test_a_file_that_a_node_made_and_took_away_again_is_no_obstacle(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from pathlib import Path

    def a():
        Path("scratch").write_text("x")
        seen = Path("scratch").read_text()
        Path("scratch").unlink()
        return seen
    """
    became = [(await run_plan(engine, tmp_path, text)).became["a"] for _ in range(2)]
    assert became == ["ran", "cached"]


async def test_what_a_node_wrote_is_no_witness_of_its_value(engine: Engine, tmp_path: Path) -> None:
    text = """
    from pathlib import Path

    def a():
        \"\"\"Cache: on\"\"\"
        Path("out").write_text("x")
        return Path("out").read_text()
    """
    became = []
    for _ in range(2):
        became.append((await run_plan(engine, tmp_path, text)).became["a"])
        (tmp_path / "out").write_text("somebody else's")
    assert became == ["ran", "cached"]
