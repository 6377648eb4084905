"""The store believes an entry only while all that it rests on is as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codeact_lsp.engine.outcome import Read
from codeact_lsp.engine.store import Hit, Miss, Store
from codeact_lsp.engine.values import Blob, Preview, Result, Usage

NOT_YET = Miss("this code has not run on these inputs yet")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store")
    yield store
    store.close()


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


def keep(store: Store, content: bytes) -> Blob:
    draft = store.draft()
    try:
        os.write(draft.descriptor, content)
        return store.keep(draft)
    finally:
        draft.discard()


def result(store: Store, content: bytes = b"value") -> Result:
    preview, usage = Preview("DataFrame", "2×3", "a…"), Usage(1.5, 1.25, 10**8)
    blob = keep(store, content)
    return Result(blob, preview, usage, returned=1, breach="is 3", carries=("_A",), origin="trial")


def content(store: Store, blob: Blob) -> bytes:
    descriptor = store.open_blob(blob)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read()


def test_what_is_kept_can_be_read_and_not_written(store: Store) -> None:
    blob = keep(store, b"some bytes")
    assert blob.size == 10
    assert content(store, blob) == b"some bytes"
    descriptor = store.open_blob(blob)
    with os.fdopen(descriptor, "rb") as opened, pytest.raises(OSError, match="Bad file descriptor"):
        os.write(opened.fileno(), b"x")


def test_equal_content_is_one_blob(store: Store, tmp_path: Path) -> None:
    assert keep(store, b"same") == keep(store, b"same") != keep(store, b"other")
    assert len([path for path in (tmp_path / "store" / "blobs").rglob("*") if path.is_file()]) == 2


def test_a_draft_that_is_not_kept_leaves_nothing(store: Store, tmp_path: Path) -> None:
    draft = store.draft()
    os.write(draft.descriptor, b"half")
    draft.discard()
    assert list((tmp_path / "store" / "blobs").iterdir()) == []


def test_only_the_user_can_read_it(store: Store, tmp_path: Path) -> None:
    keep(store, b"x")
    folder = tmp_path / "store"
    assert (folder / "key").stat().st_mode & 0o777 == 0o600
    assert (folder / "blobs").stat().st_mode & 0o777 == 0o700


def test_a_result_comes_back_whole(store: Store) -> None:
    made = result(store)
    assert store.look_up("key") == NOT_YET
    assert store.save("key", made, [])
    assert store.look_up("key") == Hit(made)
    assert store.look_up("other key") == NOT_YET


def test_a_later_result_takes_the_place_of_an_earlier_one(store: Store) -> None:
    store.save("key", result(store, b"old"), [])
    new = result(store, b"new")
    store.save("key", new, [])
    assert store.look_up("key") == Hit(new)


def test_a_result_survives_the_end_of_the_server(store: Store, tmp_path: Path) -> None:
    made = result(store)
    store.save("key", made, [])
    other = Store(tmp_path / "store")
    assert other.look_up("key") == Hit(made)
    other.close()


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
    store.save("key", made, [read(file)])
    change(file)
    assert store.look_up("key") == Hit(made)


@pytest.mark.parametrize("change", [appended, edited, removed, made_a_folder])
def test_a_changed_file_makes_the_result_stale(
    store: Store, file: Path, change: Callable[[Path], None]
) -> None:
    store.save("key", result(store), [read(file)])
    change(file)
    assert store.look_up("key") == Miss("orders.csv has changed")


def test_a_file_that_is_as_it_was_again_makes_the_result_good_again(
    store: Store, file: Path
) -> None:
    made, text = result(store), file.read_text()
    store.save("key", made, [read(file)])
    edited(file)
    assert isinstance(store.look_up("key"), Miss)
    file.write_text(text)
    assert store.look_up("key") == Hit(made)


def test_a_file_that_was_looked_for_and_appears_makes_the_result_stale(
    store: Store, tmp_path: Path
) -> None:
    made, path = result(store), tmp_path / "settings.toml"
    store.save("key", made, [read(path)])
    assert store.look_up("key") == Hit(made)
    path.touch()
    assert store.look_up("key") == Miss("settings.toml has changed")


def test_a_change_within_one_tick_of_the_clock_is_seen(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("3")
    status = path.stat()
    store.save("key", result(store), [read(path)])
    path.write_text("4")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert store.look_up("key") == Miss("orders.csv has changed")


@pytest.mark.parametrize("change", [touched, appended, edited, removed])
def test_a_result_whose_file_changed_while_it_was_read_is_not_kept(
    store: Store, file: Path, change: Callable[[Path], None]
) -> None:
    seen = read(file)
    change(file)
    assert not store.save("key", result(store), [seen])
    assert store.look_up("key") == NOT_YET


@pytest.mark.timeout(20)
def test_what_has_no_content_to_compare_is_no_witness(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not store.save("key", result(store), [read(tmp_path / "pipe")])


def test_of_a_folder_the_names_count(store: Store, tmp_path: Path) -> None:
    made, folder = result(store), tmp_path / "data"
    folder.mkdir()
    (folder / "first.csv").touch()
    store.save("key", made, [read(folder)])
    (folder / "first.csv").write_text("more")
    assert store.look_up("key") == Hit(made)
    (folder / "second.csv").touch()
    assert store.look_up("key") == Miss("data has changed")
    (folder / "second.csv").unlink()
    assert store.look_up("key") == Hit(made)


def test_a_value_that_is_gone_or_damaged_is_no_hit(store: Store, tmp_path: Path) -> None:
    made = result(store)
    store.save("key", made, [])
    (blob,) = (tmp_path / "store" / "blobs").glob("??/*")
    blob.chmod(0o600)
    blob.write_bytes(b"val")
    assert store.look_up("key") == Miss("its stored value is damaged")
    blob.unlink()
    assert store.look_up("key") == Miss("its stored value is gone")
    with pytest.raises(FileNotFoundError):
        store.open_blob(made.blob)
    assert keep(store, b"value") == made.blob
    assert store.look_up("key") == Hit(made)


def test_a_store_that_came_with_a_repository_is_not_believed(store: Store, tmp_path: Path) -> None:
    store.save("key", result(store), [])
    store.close()
    shutil.copytree(tmp_path / "store", tmp_path / "cloned")
    (tmp_path / "cloned" / "key").unlink()
    cloned = Store(tmp_path / "cloned")
    assert cloned.look_up("key") == Miss("its stored result was not made by you")
    cloned.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET entry = replace(entry, 'DataFrame', 'Series')",
        "UPDATE entries SET entry = 'no JSON'",
        "UPDATE entries SET entry = x'00ff'",
        "UPDATE entries SET mark = ''",
        "UPDATE entries SET mark = 'größe'",
        "UPDATE entries SET mark = x'00ff'",
        "UPDATE entries SET mark = mark || ' '",
    ],
)
def test_an_entry_that_somebody_changed_is_not_believed(
    store: Store, tmp_path: Path, change: str
) -> None:
    store.save("key", result(store), [])
    with sqlite3.connect(tmp_path / "store" / "index.sqlite") as index:
        index.execute(change)
    index.close()
    assert store.look_up("key") == Miss("its stored result was not made by you")


def test_an_entry_under_another_key_is_not_believed(store: Store, tmp_path: Path) -> None:
    store.save("key", result(store), [])
    with sqlite3.connect(tmp_path / "store" / "index.sqlite") as index:
        index.execute("UPDATE entries SET key = 'other key'")
    index.close()
    assert store.look_up("other key") == Miss("its stored result was not made by you")


def test_an_entry_of_another_version_is_no_hit(store: Store) -> None:
    store._index.execute(
        "INSERT INTO entries VALUES (?, ?, ?, 0)", ("key", "{}", store._mark("key", "{}"))
    )
    assert store.look_up("key") == Miss("its stored result was made by another version")


def test_an_index_that_fails_costs_the_results_and_nothing_else(
    store: Store, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "store" / "index.sqlite") as index:
        index.execute("DROP TABLE entries")
    index.close()
    assert store.look_up("key") == Miss("the store cannot be read: no such table: entries")
    assert not store.save("key", result(store), [])


def test_clearing_forgets_entries_and_values(store: Store, tmp_path: Path) -> None:
    store.save("key", result(store), [])
    store.clear()
    assert store.look_up("key") == NOT_YET
    assert [path for path in (tmp_path / "store" / "blobs").rglob("*") if path.is_file()] == []
    made = result(store)
    store.save("key", made, [])
    assert store.look_up("key") == Hit(made)


def test_many_threads_and_two_stores_share_one_folder(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "store")

    def save_and_look_up(index: int) -> bool:
        first, second = (store, other) if index % 2 else (other, store)
        made = result(first, b"%d" % (index % 7))
        return first.save(f"key {index}", made, []) and second.look_up(f"key {index}") == Hit(made)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save_and_look_up, range(80)))
    other.close()


def test_servers_that_start_at_the_same_time_agree_on_the_key(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from codeact_lsp.engine.store import Store\n"
        "store = Store(Path(sys.argv[1])); print(store._key.hex())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "store")]
    root = Path(__file__).parents[2]
    servers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(4)
    ]
    keys = {server.communicate()[0] for server in servers}
    assert len(keys) == 1
    assert len(keys.pop().strip()) == 64
    assert {path.name for path in (tmp_path / "store").iterdir()} >= {"blobs", "key"}
    assert not list((tmp_path / "store").glob("key-*"))
