"""What a node looked at in less common ways is seen too, or keeps its result from being reused."""

import importlib.util
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def extension_in(folder: Path) -> Path:
    """An extension module beside the plan; it is one of the interpreter's own."""
    spec = importlib.util.find_spec("_queue")
    assert spec
    assert spec.origin
    return Path(shutil.copy(spec.origin, folder))


async def test_a_link_that_comes_to_lead_elsewhere_is_noticed(
    engine: Engine, tmp_path: Path
) -> None:
    for name in ("october", "november"):
        (tmp_path / name).write_text(name)
    text = "def a(): return open('latest').read()\n"
    for name in ("october", "november"):
        (tmp_path / "latest").unlink(missing_ok=True)
        (tmp_path / "latest").symlink_to(name)
        assert (await run_plan(engine, tmp_path, text)).value("a") == name


async def test_a_file_that_is_open_for_reading_and_writing_is_read(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(): return open('count.txt', 'r+').read()\n"
    for count in ("1", "5"):
        (tmp_path / "count.txt").write_text(count)
        ran = await run_plan(engine, tmp_path, text)
        assert (ran.became["a"], ran.value("a")) == ("ran", count)


@pytest.mark.parametrize("name", ["stock.db", "file:stock.db?mode=ro"])
async def test_a_database_is_a_file_that_is_read(engine: Engine, tmp_path: Path, name: str) -> None:
    text = f"""
    import sqlite3

    def a():
        with sqlite3.connect({name!r}, uri=True) as database:
            return database.execute("SELECT max(id) FROM stock").fetchone()
    """
    with closing(sqlite3.connect(tmp_path / "stock.db")) as database:
        database.execute("CREATE TABLE stock (id)")
        for number in (1, 2):
            with database:
                database.execute("INSERT INTO stock VALUES (?)", (number,))
            assert (await run_plan(engine, tmp_path, text)).value("a") == (number,)


async def test_what_others_wrote_to_a_database_is_seen_before_it_is_in_its_file(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import sqlite3

    def a():
        with sqlite3.connect("stock.db") as database:
            return database.execute("SELECT max(id) FROM stock").fetchone()
    """
    with closing(sqlite3.connect(tmp_path / "stock.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE stock (id)")
        for number in (1, 2):
            with database:
                database.execute("INSERT INTO stock VALUES (?)", (number,))
            assert (await run_plan(engine, tmp_path, text)).value("a") == (number,)


async def test_a_file_whose_size_and_time_are_what_they_were_may_be_another(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(): return open('data').read()\n"
    for content in "12":
        (tmp_path / "data").write_text(content)
        os.utime(tmp_path / "data", (1, 1))
        assert (await run_plan(engine, tmp_path, text)).value("a") == content
    os.utime(tmp_path / "data", (2, 2))
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}


async def test_a_link_to_a_file_of_the_same_size_and_time_is_noticed(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(): return open('latest').read()\n"
    for name in "12":
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (1, 1))
        (tmp_path / "latest").unlink(missing_ok=True)
        (tmp_path / "latest").symlink_to(name)
        assert (await run_plan(engine, tmp_path, text)).value("a") == name


async def test_an_extension_module_is_a_file_that_is_read(engine: Engine, tmp_path: Path) -> None:
    own = extension_in(tmp_path)
    text = "def a():\n    import _queue\n    return _queue.__file__\n"
    assert (await run_plan(engine, tmp_path, text)).value("a") == str(own)
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    with own.open("ab") as file:
        file.write(bytes(1))
    again = await run_plan(engine, tmp_path, text)
    assert again.became == {"a": "ran"}
    assert again.why("a") == f"{own.name} has changed"


async def test_local_time_is_that_of_a_time_zone(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import time\n\ndef a(): return time.localtime(0).tm_hour\n"
    for zone, hour in (("UTC", 0), ("UTC-9", 9)):
        monkeypatch.setenv("TZ", zone)
        ran = await run_plan(engine, tmp_path, text)
        assert ran.value("a") == hour
    assert ran.why("a") == "the variable TZ has changed"


async def test_what_threads_read_is_seen(engine: Engine, tmp_path: Path) -> None:
    names = [f"part{number:03}" for number in range(200)]
    for name in names:
        (tmp_path / name).write_text("1")
    text = f"""
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path

    def a():
        with ThreadPoolExecutor(8) as pool:
            return sum(map(int, pool.map(Path.read_text, map(Path, {names!r}))))
    """
    assert (await run_plan(engine, tmp_path, text)).value("a") == len(names)
    for name in names[:: len(names) // 4]:
        (tmp_path / name).write_text("22")
        assert (await run_plan(engine, tmp_path, text)).became == {"a": "ran"}


async def test_a_node_that_reads_too_much_to_keep_an_eye_on_is_not_reused(
    engine: Engine, tmp_path: Path
) -> None:
    for number in range(2_001):
        (tmp_path / f"part{number}").touch()
    text = """
    from pathlib import Path

    def a(): return sum(len(part.read_text()) for part in Path().glob("part*"))
    """
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "ran"}
    again = await run_plan(engine, tmp_path, text)
    assert again.became == {"a": "ran"}
    because = "it looked at more than can be watched when it ran"
    assert again.why("a") == f"{because}: say Cache: on to reuse its value"


async def test_the_docstring_of_the_module_is_there_for_who_asks(
    engine: Engine, tmp_path: Path
) -> None:
    for task in ("Count.", "Add up."):
        text = f'"""{task}"""\n\ndef a(): return __doc__\n\ndef b(): return 1\n'
        ran = await run_plan(engine, tmp_path, text)
        assert ran.value("a") == task
    assert ran.became == {"a": "ran", "b": "cached"}
