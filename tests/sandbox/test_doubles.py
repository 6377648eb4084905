"""Copies of what may be written: complete, made anew in their place, never more than is said."""

import os
from pathlib import Path

import pytest

from codeact_lsp.sandbox import doubles
from codeact_lsp.sandbox.doubles import Doubles, TooMuchError
from codeact_lsp.sandbox.marks import LinkError


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with what folders hold."""
    out = tmp_path.resolve() / "out"
    (out / "inner").mkdir(parents=True)
    (out / "inner/a.csv").write_text("a,b")
    os.utime(out / "inner/a.csv", ns=(1, 2_000_000_000))
    (out / "run.sh").write_text("true")
    (out / "run.sh").chmod(0o755)
    (out / "latest").symlink_to("inner/a.csv")
    os.mkfifo(out / "pipe")
    return out


def test_files_folders_and_links_are_copied_with_modes_and_times(out: Path) -> None:
    made = Doubles([out])
    made.renew()
    copy = made.of(out)
    assert sorted(path.name for path in copy.rglob("*")) == ["a.csv", "inner", "latest", "run.sh"]
    assert (copy / "inner/a.csv").read_text() == "a,b"
    assert (copy / "inner/a.csv").stat().st_mtime_ns == 2_000_000_000
    assert os.access(copy / "run.sh", os.X_OK)
    assert (copy / "latest").readlink() == Path("inner/a.csv")
    made.remove()
    assert not copy.parent.exists()


def test_a_copy_is_made_anew_in_its_place_whatever_became_of_it(out: Path) -> None:
    file = out / "inner/a.csv"
    made = Doubles([out, file])
    made.renew()
    copy = made.of(out)
    before = copy.stat().st_ino
    (copy / "inner/a.csv").write_text("other")
    (copy / "new/deep").mkdir(parents=True)
    (copy / "new").chmod(0)
    (copy / "run.sh").unlink()
    made.renew()
    assert copy.stat().st_ino == before
    assert sorted(path.name for path in copy.iterdir()) == ["inner", "latest", "run.sh"]
    assert made.of(file).read_text() == "a,b"
    made.remove()


def test_the_copy_of_a_single_file_stays_the_same_file(out: Path) -> None:
    file = out / "inner/a.csv"
    made = Doubles([file])
    made.renew()
    copy = made.of(file)
    before = copy.stat().st_ino
    copy.write_text("longer than before")
    copy.chmod(0)
    made.renew()
    assert (copy.stat().st_ino, copy.read_text()) == (before, "a,b")
    made.remove()


def test_no_link_leads_to_what_is_copied(out: Path) -> None:
    (out.parent / "link").symlink_to(out)
    made = Doubles([out.parent / "link/inner"])
    with pytest.raises(LinkError):
        made.renew()
    made.remove()


@pytest.mark.parametrize("name", ["MOST_BYTES", "MOST_ENTRIES", "_MOST_DEEP"])
def test_more_than_is_said_is_not_copied(
    out: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(doubles, name, 0)
    made = Doubles([out])
    with pytest.raises(TooMuchError):
        made.renew()
    made.remove()


def test_a_tree_too_deep_for_us_is_removed_all_the_same(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Doubles([out])
    made.renew()
    monkeypatch.chdir(made.of(out))
    for _ in range(1_500):
        Path("d").mkdir()
        os.chdir("d")
    monkeypatch.undo()
    made.renew()
    assert sorted(path.name for path in made.of(out).iterdir()) == ["inner", "latest", "run.sh"]
    made.remove()
