"""A result rests on what its node looked up without opening it, and on variables that it read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def appears(path: Path) -> None:
    path.touch()


def goes(path: Path) -> None:
    path.unlink()


def becomes_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def grows(path: Path) -> None:
    path.write_text("more")


def leads_elsewhere(path: Path) -> None:
    path.with_name("latest").unlink()
    path.with_name("latest").symlink_to("dat2")


def becomes_a_module(path: Path) -> None:
    path.rename(path.with_name("data.py"))


def is_touched(path: Path) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize(
    ("question", "change", "became"),
    [
        ("os.path.exists('data')", goes, "ran"),
        ("os.path.exists('data')", grows, "cached"),
        ("os.path.exists('missing')", grows, "cached"),
        ("Path('data').is_file()", becomes_a_folder, "ran"),
        ("Path('data').is_file()", is_touched, "cached"),
        ("os.path.getsize('data')", grows, "ran"),
        ("os.path.getsize('data')", is_touched, "cached"),
        ("os.path.getmtime('data')", is_touched, "ran"),
        ("Path('data').stat().st_size", is_touched, "ran"),
        ("os.readlink('latest')", leads_elsewhere, "ran"),
        ("Path('latest').resolve()", leads_elsewhere, "ran"),
        ("Path('latest').resolve()", grows, "cached"),
        ("importlib.util.find_spec('data')", becomes_a_module, "ran"),
        ("[each.name for each in Path('.').glob('d*')]", goes, "ran"),
        ("[each.name for each in Path('.').glob('d*')]", grows, "cached"),
        (
            "[each.is_dir() for each in os.scandir('.') if each.name == 'data']",
            becomes_a_folder,
            "ran",
        ),
    ],
)
async def test_what_is_asked_of_a_file_counts_and_no_more(
    engine: Engine, tmp_path: Path, question: str, change: Callable[[Path], None], became: str
) -> None:
    (tmp_path / "data").touch()
    (tmp_path / "latest").symlink_to("data")
    imports = "import importlib.util, os\nfrom pathlib import Path\n"
    text = f"{imports}\ndef a(): return {question}\n"
    (tmp_path / "it.plan.py").write_text(text)  # It is in the folder from the start.
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "ran"}
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    change(tmp_path / "data")
    again = await run_plan(engine, tmp_path, text)
    assert again.became == {"a": became}
    if became == "ran":
        assert again.why("a").endswith(" has changed")


async def test_a_file_that_appears_where_one_was_looked_for(engine: Engine, tmp_path: Path) -> None:
    text = "import os\n\ndef a(): return os.path.exists('settings.toml')\n"
    assert (await run_plan(engine, tmp_path, text)).value("a") is False
    appears(tmp_path / "settings.toml")
    again = await run_plan(engine, tmp_path, text)
    assert (again.why("a"), again.value("a")) == ("settings.toml has changed", True)


async def test_a_look_that_fails_is_told_where_the_plan_looked(
    engine: Engine, tmp_path: Path
) -> None:
    ran = await run_plan(engine, tmp_path, "import os\n\ndef a(): return os.stat('missing')\n")
    error = ran.errors["a"]
    assert (ran.text(error.span), error.surfaced) == ("os.stat('missing')", None)


async def test_a_module_that_appears_before_the_one_that_was_found(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        import colorsys
        return colorsys.__name__, hasattr(colorsys, "MINE")
    """
    assert (await run_plan(engine, tmp_path, text)).value("a") == ("colorsys", False)
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    (tmp_path / "colorsys.py").write_text("MINE = 1\n")
    assert (await run_plan(engine, tmp_path, text)).value("a") == ("colorsys", True)


async def test_a_variable_that_was_read(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """
    import os

    def a(): return os.environ.get("REGION", "anywhere")
    def b(): return 1
    """
    for value in (None, "north", "south"):
        if value:
            monkeypatch.setenv("REGION", value)
        ran = await run_plan(engine, tmp_path, text)
        assert ran.value("a") == (value or "anywhere")
        if value:
            assert ran.became == {"a": "ran", "b": "cached"}
            assert ran.why("a") == "the variable REGION has changed"
        assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached", "b": "cached"}
    monkeypatch.delenv("REGION")
    monkeypatch.setenv("UNRELATED", "1")
    as_at_first = await run_plan(engine, tmp_path, text)
    assert (as_at_first.value("a"), as_at_first.became["a"]) == ("anywhere", "cached")


async def test_all_variables_but_those_of_the_terminal(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import os\n\ndef a(): return len(dict(os.environ))\n"
    await run_plan(engine, tmp_path, text)
    monkeypatch.setenv("SHLVL", "7")
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    monkeypatch.setenv("REGION", "north")
    assert (await run_plan(engine, tmp_path, text)).why("a") == "the environment has changed"


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_value_of_a_variable_is_nowhere_to_be_found(
    engine: Engine, tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "correct-horse-battery-staple"
    monkeypatch.setenv("PASSWORD", secret)
    await run_plan(engine, tmp_path, "import os\n\ndef a(): return len(os.environ['PASSWORD'])\n")
    kept = files_below(cache_folder)
    assert kept
    assert not [path for path in kept if secret.encode() in path.read_bytes()]
