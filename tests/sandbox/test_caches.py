"""The list of fonts that the user's matplotlib made is there for the worker, read-only."""

import os
from pathlib import Path

import pytest

from codeact_lsp.sandbox import bubblewrap
from codeact_lsp.sandbox.caches import lists_of_fonts
from codeact_lsp.sandbox.mechanisms import mechanisms
from codeact_lsp.sandbox.programs import answer
from codeact_lsp.sandbox.runtime import system_paths

NAME = "fontlist-v390.json"
PLACE = Path(".cache", "matplotlib", NAME)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where matplotlib keeps its list."""
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "matplotlib").mkdir()
    return tmp_path / "matplotlib"


def test_a_list_is_found_where_matplotlib_keeps_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lists_of_fonts() == {}
    (folder / NAME).touch()
    (folder / "matplotlibrc").touch()
    assert lists_of_fonts() == {PLACE: folder / NAME}
    own = tmp_path / "own"
    own.mkdir()
    (own / NAME).touch()
    monkeypatch.setenv("MPLCONFIGDIR", str(own))
    assert lists_of_fonts() == {PLACE: own / NAME}


def test_a_link_is_none_and_neither_is_what_is_too_large(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "private").touch()
    (folder / NAME).symlink_to(tmp_path / "private")
    (folder / "fontlist-v400.json").touch()
    os.truncate(folder / "fontlist-v400.json", 1 << 30)
    assert lists_of_fonts() == {}


def test_it_is_read_only_in_a_folder_that_can_be_written(tmp_path: Path) -> None:
    program = mechanisms().bubblewrap
    assert program
    (tmp_path / NAME).write_text("[]")
    scratch = Path("/tmp")
    kept = {PLACE: tmp_path / NAME, PLACE.with_name("gone"): tmp_path / "gone"}
    command = bubblewrap.command(
        program, show=system_paths(), writable=[], scratch=scratch, kept=kept
    )
    place = scratch / PLACE
    script = f"cat {place}; echo more >{place} || touch {place.parent}/other; ls {place.parent}"
    assert answer([*command, "/bin/sh", "-c", script], 10.0) == f"[]{NAME}\nother\n"
    assert (tmp_path / NAME).read_text() == "[]"
