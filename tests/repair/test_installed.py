"""What modules hold, as their files say."""

import sys
from pathlib import Path

import pytest

from codeact_lsp.repair.installed import modules_that_define


@pytest.fixture
def graphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of which no module has been imported."""
    home = tmp_path / "graphs_of_ours"
    for folder in (home / "deep" / "er", home / "tests", home / "no-name"):
        folder.mkdir(parents=True)
    for file in ("deep/er/seeds.py", "draw.py", "tests/draw.py", "no-name/draw.py"):
        (home / file).write_text("def by_state(n):\n    return n\n", encoding="utf-8")
    (home / "deep" / "__init__.py").write_text("class Seed:\n    pass\n", encoding="utf-8")
    (home / "__init__.py").write_text("from .draw import by_state\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return home.name


def test_the_modules_of_a_package_that_define_a_name(graphs: str) -> None:
    assert modules_that_define(graphs, "by_state") == (
        f"{graphs}.draw",
        f"{graphs}.deep.er.seeds",
    )
    assert modules_that_define(graphs, "Seed") == (f"{graphs}.deep",)
    assert graphs not in sys.modules


@pytest.mark.parametrize("package", ["json", "graphs_that_nobody_has"])
def test_none_of_what_is_not_there_or_known_otherwise(package: str) -> None:
    assert modules_that_define(package, "loads") == ()
