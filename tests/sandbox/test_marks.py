"""What granted paths lead to is settled without following a link, wherever in the path it is."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox import marks
from codeact_lsp.sandbox.levels import Level, grant, preset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with another one in it, and a link to that."""
    folder = tmp_path.resolve()
    (folder / "real/inner").mkdir(parents=True)
    (folder / "link").symlink_to("real")
    return folder


def marked(*paths: Path) -> list[marks.Mark]:
    policy = grant(preset(Level.STRICT), write=paths[:1], read=paths[1:])
    return [mark for _, mark in sorted(marks.marks(policy))]


def test_a_path_is_known_by_the_file_that_it_leads_to(folder: Path) -> None:
    found = (folder / "real").stat()
    assert marked(folder / "gone/deep", folder / "real") == [(), (found.st_dev, found.st_ino)]
    before = marked(folder / "real/inner")
    (folder / "real/inner").rename(folder / "real/kept")
    (folder / "real/inner").mkdir()
    assert marked(folder / "real/inner") != before


@pytest.mark.parametrize("path", ["link", "link/inner", "link/gone", "link/inner/gone"])
def test_no_link_leads_to_what_was_granted(folder: Path, path: str) -> None:
    with pytest.raises(marks.LinkError, match="link is a link by now"):
        marked(folder / path)


def test_folders_and_files_are_made_with_what_leads_there(folder: Path) -> None:
    marks.make(folder / "a/b", is_folder=True)
    marks.make(folder / "a/b/c/d.csv", is_folder=False)
    assert (folder / "a/b/c/d.csv").read_bytes() == b""
    (folder / "a/file").write_text("kept")
    marks.make(folder / "a/b", is_folder=True)
    with pytest.raises(FileExistsError):
        marks.make(folder / "a/file", is_folder=False)
    assert (folder / "a/file").read_text() == "kept"


@pytest.mark.parametrize("is_folder", [False, True])
def test_nothing_is_made_by_way_of_a_link(folder: Path, *, is_folder: bool) -> None:
    with pytest.raises(marks.LinkError):
        marks.make(folder / "link/new/deep.csv", is_folder=is_folder)
    assert sorted(path.name for path in (folder / "real").rglob("*")) == ["inner"]
