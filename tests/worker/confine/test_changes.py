"""Whether something in a folder has changed is told without a look, or that it is not known."""

import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.worker.confine.changes import Changes
from tests.worker.confine.confined import confined


def watched(*folders: Path) -> Changes:
    changes = Changes()
    for folder in folders:
        changes.watch(str(folder), folder.lstat().st_dev)
    return changes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "watched"
    (place / "below").mkdir(parents=True)
    (place / "file").write_text("before")
    (tmp_path / "other").write_text("after")
    return place


CHANGES: dict[str, Callable[[Path], object]] = {
    "a new file": lambda at: (at / "new").touch(),
    "a new folder": lambda at: (at / "new").mkdir(),
    "a new link": lambda at: (at / "new").symlink_to("file"),
    "another name of a file": lambda at: (at / "new").hardlink_to(at / "file"),
    "a file saved anew": lambda at: (at.parent / "other").rename(at / "file"),
    "a file that is gone": lambda at: (at / "file").unlink(),
    "a file that was moved away": lambda at: (at / "file").rename(at.parent / "file"),
    "a folder that may be listed by others": lambda at: (at / "below").chmod(0o700),
    "its own mode": lambda at: at.chmod(0o700),
    "that it is called otherwise": lambda at: at.rename(at.parent / "moved"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_happens_in_a_folder_counts(folder: Path, change: str) -> None:
    changes = watched(folder)
    before = changes.count()
    assert before is not None
    CHANGES[change](folder)
    after = changes.count()
    assert after != before
    assert changes.count() == after
    changes.stop()


def test_what_only_reads_counts_for_nothing(folder: Path) -> None:
    changes = watched(folder)
    before = changes.count()
    (folder / "file").read_text()
    list(folder.iterdir())
    (folder / "below/deep").touch()  # Nobody asked about that folder.
    (folder / "file").open("a").close()
    assert changes.count() == before
    changes.stop()


@pytest.mark.parametrize("name", ["gone", "watched/file", "link"])
def test_what_is_no_folder_has_nothing_that_changes(folder: Path, name: str) -> None:
    (folder.parent / "link").symlink_to(folder)
    changes = watched(folder)
    changes.watch(str(folder.parent / name), folder.stat().st_dev)
    before = changes.count()
    (folder / "below/file").touch()
    assert before is not None
    assert changes.count() == before
    changes.stop()


def test_of_what_other_machines_can_change_nothing_is_known(folder: Path) -> None:
    # What the kernel makes up when it is asked stands for a file system of the network.
    changes = watched(folder, Path("/proc/self/task"))
    assert changes.count() is None
    changes.watch(str(folder), folder.stat().st_dev)
    assert changes.count() is None


def test_where_nothing_can_be_watched_nothing_is_known(folder: Path) -> None:
    def work() -> object:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        return watched(folder).count()

    assert confined(work) is None


def test_a_copy_of_the_process_takes_nothing_from_it(folder: Path) -> None:
    changes = watched(folder)
    before = changes.count()
    (folder / "new").touch()

    def work() -> object:
        changes.forget()
        changes.stop()
        return changes.count()

    assert confined(work) is None
    assert changes.count() != before
    changes.stop()


def test_what_was_stopped_holds_nothing_open(folder: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    changes = watched(folder)
    changes.stop()
    changes.stop()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
