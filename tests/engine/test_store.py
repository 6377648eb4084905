"""The store believes an entry only while all that it rests on is as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codeact_lsp.engine.store import Hit, Miss, Store
from codeact_lsp.engine.values import Blob
from tests.engine.storing import keep, result

NOT_YET = Miss("this code has not run on these inputs yet")


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
