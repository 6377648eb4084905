"""A package gets its bytecode once, where that can be written."""

import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from codeact_lsp.engine.executors.bytecode import compile_package


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "package"
    for file in ("__init__.py", "one.py", "below/__init__.py", "below/two.py"):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("x = 1\n")
    return folder


def compiled(package: Path) -> set[str]:
    """The modules that have some."""
    files = package.rglob("*.py")
    return {file.stem for file in files if Path(cache_from_source(str(file))).exists()}


def test_all_of_it_is_compiled_and_only_once(package: Path) -> None:
    compile_package(package)
    assert compiled(package) == {"__init__", "one", "two"}
    bytecode = Path(cache_from_source(str(package / "one.py")))
    bytecode.unlink()
    compile_package(package)
    assert compiled(package) == {"__init__", "two"}


def test_what_is_newer_than_its_bytecode_is_compiled_anew(package: Path) -> None:
    compile_package(package)
    bytecode = Path(cache_from_source(str(package / "one.py")))
    bytecode.unlink()
    init = package / "__init__.py"
    init.write_text("x = 2\n")
    made = Path(cache_from_source(str(init))).stat().st_mtime
    os.utime(init, (made + 10, made + 10))
    compile_package(package)
    assert bytecode.exists()


def test_a_module_that_does_not_compile_and_a_place_where_nothing_can_be_written_are_left(
    package: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (package / "one.py").write_text("x = (\n")
    (package / "below/__pycache__").write_text("no folder")
    compile_package(package)
    assert compiled(package) == {"__init__"}
    assert capfd.readouterr() == ("", "")


def test_nothing_is_written_for_who_wants_none(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compile_package(package)
    assert compiled(package) == set()
