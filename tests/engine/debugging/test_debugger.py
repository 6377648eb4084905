"""Whether a Python has debugpy: by where it would look, since nothing of it is run."""

from pathlib import Path

import pytest

from codeact_lsp.engine.debugging.debugger import has_debugpy, library_at


def installed(packages: Path) -> Path:
    """A folder of packages with debugpy in it."""
    file = packages / "debugpy" / "_vendored" / "pydevd" / "pydevd.py"
    file.parent.mkdir(parents=True)
    file.touch()
    return packages


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A Python as a system has it."""
    python = tmp_path / "usr" / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.touch()
    return python


def environment(tmp_path: Path, base: Path, *, shares: bool) -> Path:
    """A virtual environment that was made from it."""
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(base)
    settings = f"home = {base.parent}\ninclude-system-site-packages = {str(shares).lower()}\n"
    (tmp_path / "venv" / "pyvenv.cfg").write_text(settings, encoding="utf-8")
    return python


def test_it_is_among_the_packages(base: Path) -> None:
    assert not has_debugpy(base)
    installed(base.parent.parent / "lib" / "python3" / "dist-packages")
    assert has_debugpy(base)


def test_an_environment_has_its_own(tmp_path: Path, base: Path) -> None:
    python = environment(tmp_path, base, shares=False)
    installed(tmp_path / "venv" / "lib" / "python3.12" / "site-packages")
    assert has_debugpy(python)


@pytest.mark.parametrize("shares", [True, False])
def test_an_environment_sees_those_of_its_base_if_it_says_so(
    tmp_path: Path, base: Path, shares: bool
) -> None:
    installed(base.parent.parent / "lib" / "python3.12" / "site-packages")
    assert has_debugpy(environment(tmp_path, base, shares=shares)) is shares


def test_a_folder_counts_if_debugpy_is_in_it(tmp_path: Path) -> None:
    folder = installed(tmp_path / "libs")
    (tmp_path / "link").symlink_to(folder)
    assert library_at(folder) == folder.resolve()
    assert library_at(tmp_path / "link") == folder.resolve()
    assert library_at(tmp_path) is None
    assert library_at(Path("libs")) is None
