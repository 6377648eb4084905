"""A stored result rests on the files that its node read: they have to be as they were."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.store import Hit, Miss, Store
from tests.engine.storing import call, keep_result, result

CALL = call()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that was changed long enough ago for its time to tell whether it is changed again."""
    path = tmp_path / "orders.csv"
    path.write_text("amount\n3\n")
    os.utime(path, (time.time() - 60,) * 2)
    return path


def read(path: Path) -> Read:
    """That a node reads the file now."""
    status = path.stat() if path.exists() else None
    return Read(str(path), (status.st_size, status.st_mtime_ns) if status else None)


def unchanged(path: Path) -> None:
    """Only looked at."""


def touched(path: Path) -> None:
    path.touch()


def written_anew(path: Path) -> None:
    path.write_text(path.read_text())


def appended(path: Path) -> None:
    path.write_text(path.read_text() + "4\n")


def edited(path: Path) -> None:
    path.write_text(path.read_text().replace("3", "4"))


def removed(path: Path) -> None:
    path.unlink()


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("change", [unchanged, touched, written_anew])
def test_a_file_with_the_same_content_changes_nothing(
    store: Store, file: Path, change: Callable[[Path], None]
) -> None:
    made = result(store)
    store.save(CALL, made, [read(file)])
    change(file)
    assert store.look_up(CALL) == Hit(made)


@pytest.mark.parametrize("change", [appended, edited, removed, made_a_folder])
def test_a_changed_file_makes_the_result_stale(
    store: Store, file: Path, change: Callable[[Path], None]
) -> None:
    store.save(CALL, result(store), [read(file)])
    change(file)
    assert store.look_up(CALL) == Miss(f"{file} has changed")


def test_a_file_that_is_as_it_was_again_makes_the_result_good_again(
    store: Store, file: Path
) -> None:
    made, text = result(store), file.read_text()
    store.save(CALL, made, [read(file)])
    edited(file)
    assert isinstance(store.look_up(CALL), Miss)
    file.write_text(text)
    assert store.look_up(CALL) == Hit(made)


def test_results_that_rest_on_other_content_stay_beside_each_other(
    store: Store, file: Path
) -> None:
    made = {}
    for text in ("first", "second", "third"):
        file.write_text(text)
        made[text] = result(store, text.encode())
        store.save(CALL, made[text], [read(file)])
    for text in ("first", "third", "second"):
        file.write_text(text)
        assert store.look_up(CALL) == Hit(made[text])
    file.write_text("another")
    assert store.look_up(CALL) == Miss(f"{file} has changed")


def test_only_the_last_few_results_of_a_call_are_kept(store: Store, file: Path) -> None:
    made = result(store)
    for number in range(6):
        file.write_text(str(number))
        store.save(CALL, made, [read(file)])
    assert len(store.stored()) == 4
    file.write_text("0")
    assert isinstance(store.look_up(CALL), Miss)


def test_a_file_that_was_looked_for_and_appears_makes_the_result_stale(
    store: Store, tmp_path: Path
) -> None:
    made, path = result(store), tmp_path / "settings.toml"
    store.save(CALL, made, [read(path)])
    assert store.look_up(CALL) == Hit(made)
    path.touch()
    assert store.look_up(CALL) == Miss(f"{path} has changed")


def test_a_change_within_one_tick_of_the_clock_is_seen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("3")
    status = path.stat()
    store.save(CALL, result(store), [read(path)])
    path.write_text("4")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert store.look_up(CALL) == Miss(f"{path} has changed")


@pytest.mark.parametrize("change", [touched, appended, edited, removed])
def test_a_result_whose_file_changed_while_it_was_read_is_not_kept(
    store: Store, file: Path, change: Callable[[Path], None]
) -> None:
    seen = read(file)
    change(file)
    assert not store.save(CALL, result(store), [seen])
    assert isinstance(store.look_up(CALL), Miss)


def test_a_value_is_passed_on_even_if_a_file_changed_while_it_was_read(
    store: Store, file: Path
) -> None:
    seen = read(file)
    edited(file)
    made = keep_result(store, CALL, [seen])
    assert store.opens_at_once(made.blob)
    assert isinstance(store.look_up(CALL), Miss)


@pytest.mark.timeout(20)
def test_what_has_no_content_to_compare_is_no_witness(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not store.save(CALL, result(store), [read(tmp_path / "pipe")])


def test_of_a_folder_the_names_count(store: Store, tmp_path: Path) -> None:
    made, folder = result(store), tmp_path / "data"
    folder.mkdir()
    (folder / "first.csv").touch()
    store.save(CALL, made, [read(folder)])
    (folder / "first.csv").write_text("more")
    assert store.look_up(CALL) == Hit(made)
    (folder / "second.csv").touch()
    assert store.look_up(CALL) == Miss(f"{folder} has changed")
    (folder / "second.csv").unlink()
    assert store.look_up(CALL) == Hit(made)


def test_a_value_whose_mode_a_node_has_changed_can_still_be_read(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from codeact_lsp.engine.store import Store\n"
        "from tests.engine.storing import keep\n"
        "store = Store(Path(sys.argv[1]))\n"
        "blob = keep(store, b'value')\n"
        "file, draft = store._blobs.path(blob.digest), store.draft()\n"
        "os.write(draft.descriptor, b'other')\n"
        "file.chmod(0), draft.path.chmod(0)\n"
        "assert not os.access(file, os.R_OK)\n"
        "print(os.read(store.open_blob(blob), 9), store.keep(draft).size)\n"
    )
    # Whoever may do everything is nobody special in a user namespace of its own.
    ended = subprocess.run(
        ["unshare", "--user", sys.executable, "-c", script, str(tmp_path / "store")],
        check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert ended.stdout == "b'value' 5\n"
