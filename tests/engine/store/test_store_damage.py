"""What is damaged costs its result and nothing else, and is never taken for a value."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from codeact_lsp.engine.store import DamagedError, Hit, Miss, Store
from codeact_lsp.engine.store.index import NAME
from codeact_lsp.engine.values import Result
from tests.engine.storing import call, keep, keep_result, result

CALL = call()
CONTENT = b"value" * 1000


@pytest.fixture
def made(store: Store) -> Result:
    """A result that the store holds; nobody has opened it since."""
    made = result(store, CONTENT)
    assert store.save(CALL, made, [])
    store.close()
    return made


def file_of(folder: Path) -> Path:
    """The file of the only value."""
    (path,) = (folder / "blobs").glob("??/*")
    path.chmod(0o600)
    return path


def truncated(path: Path) -> None:
    os.truncate(path, 10)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def bit_flipped(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(2000)
        file.write(b"x")


def bit_flipped_unnoticed(path: Path) -> None:
    """As before, but with the old times, as far as they can be set."""
    status = path.stat()
    bit_flipped(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replaced(path: Path) -> None:
    path.unlink()
    path.write_bytes(CONTENT[::-1])


def made_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def made_a_folder(path: Path) -> None:
    path.unlink()
    (path / "with").mkdir(parents=True)
    (path / "with" / "something").write_bytes(CONTENT)


def put_below_a_file(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_bytes(CONTENT)


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (truncated, "damaged"),
        (emptied, "damaged"),
        (bit_flipped, "damaged"),
        (bit_flipped_unnoticed, "damaged"),
        (replaced, "damaged"),
        (made_a_pipe, "gone"),
        (made_a_folder, "gone"),
        (put_below_a_file, "gone"),
        (removed, "gone"),
    ],
)
@pytest.mark.timeout(20)
def test_a_damaged_value_is_a_miss_and_cannot_be_opened(
    tmp_path: Path, made: Result, harm: Callable[[Path], None], why: str
) -> None:
    harm(file_of(tmp_path / "store"))
    with closing(Store(tmp_path / "store")) as store:
        assert store.look_up(CALL) == Miss(f"its stored value is {why}")
        with pytest.raises(OSError, match=r"damaged|No such file|Not a directory"):
            store.open_blob(made.blob)
        store.save(CALL, result(store, CONTENT), [])
        assert store.look_up(CALL) == Hit(made)
        os.close(store.open_blob(made.blob))


@pytest.mark.parametrize("harm", [truncated, bit_flipped_unnoticed, replaced])
def test_a_value_is_looked_at_again_if_its_file_was_touched_while_the_server_ran(
    store: Store, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    blob = keep(store, CONTENT)
    os.close(store.open_blob(blob))
    assert store.opens_at_once(blob)
    harm(file_of(tmp_path / "store"))
    assert not store.opens_at_once(blob)
    with pytest.raises(DamagedError):
        store.open_blob(blob)


def test_a_value_that_rots_where_no_time_tells_is_found_out_when_it_is_opened(
    tmp_path: Path, made: Result
) -> None:
    path = file_of(tmp_path / "store")
    bit_flipped(path)
    status = path.stat()
    seal = f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    with closing(Store(tmp_path / "store")) as store:
        store._index.write(lambda index: index.execute("UPDATE blobs SET seal = ?", (seal,)))
        assert store.look_up(CALL) == Hit(made)
        with pytest.raises(DamagedError, match="run once more to make it anew"):
            store.open_blob(made.blob)
        assert store.look_up(CALL) == Miss("its result was removed to make room")


def test_a_store_that_was_copied_is_as_good(tmp_path: Path, made: Result) -> None:
    shutil.copytree(tmp_path / "store", tmp_path / "copy")
    with closing(Store(tmp_path / "copy")) as store:
        assert store.look_up(CALL) == Hit(made)
        os.close(store.open_blob(made.blob))


def overwritten(index: Path) -> None:
    index.write_bytes(b"this is no database" * 500)


def cut_off(index: Path) -> None:
    os.truncate(index, index.stat().st_size // 2)


def scribbled_on(index: Path) -> None:
    with index.open("r+b") as file:
        for page in range(1, index.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 2000)


def stripped(index: Path) -> None:
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        connection.execute("DROP TABLE entries")


@pytest.mark.parametrize("harm", [overwritten, cut_off, scribbled_on, made_a_folder])
def test_a_damaged_index_is_set_aside_and_results_are_stored_anew(
    tmp_path: Path, made: Result, harm: Callable[[Path], None]
) -> None:
    harm(tmp_path / "store" / NAME)
    with closing(Store(tmp_path / "store")) as store:
        assert store.look_up(CALL) == Miss("it has not run yet")
        (trouble,) = store.troubles.take()
        assert trouble.startswith(f"The index of results {tmp_path / 'store' / NAME} was damaged (")
        assert trouble.endswith(
            "It is index-3.damaged now, and results are stored anew from here on."
        )
        assert store.save(CALL, result(store, CONTENT), [])
        assert store.look_up(CALL) == Hit(made)
        assert (tmp_path / "store" / NAME).with_suffix(".damaged").exists()


def test_what_was_set_aside_makes_room_for_what_is_set_aside_next(
    tmp_path: Path, made: Result
) -> None:
    for harm in (made_a_folder, overwritten, made_a_folder):
        harm(tmp_path / "store" / NAME)
        with closing(Store(tmp_path / "store")) as store:
            assert store.save(CALL, result(store, CONTENT), [])
            assert store.look_up(CALL) == Hit(made)


def test_an_index_that_is_emptied_is_a_new_one(tmp_path: Path, made: Result) -> None:
    emptied(tmp_path / "store" / NAME)
    with closing(Store(tmp_path / "store")) as store:
        assert store.look_up(CALL) == Miss("it has not run yet")
        assert store.save(CALL, result(store, CONTENT), [])
        assert store.look_up(CALL) == Hit(made)


def test_an_index_that_is_damaged_while_two_servers_use_it_is_replaced_for_both(
    store: Store, tmp_path: Path
) -> None:
    with closing(Store(tmp_path / "store")) as other:
        stripped(tmp_path / "store" / NAME)
        made = result(store)
        assert store.save(CALL, made, [])
        assert other.look_up(CALL) == Hit(made)
        assert other.save(call("other"), made, [])
        assert store.look_up(call("other")) == Hit(made)
        assert len(store.troubles.take() + other.troubles.take()) == 1


def test_the_folder_may_be_deleted_while_a_server_uses_it(store: Store, tmp_path: Path) -> None:
    store.save(CALL, result(store), [])
    shutil.rmtree(tmp_path / "store")
    assert store.look_up(CALL) == Miss("its stored value is gone")
    lease = store.lease()
    made = result(store)
    assert store.save(CALL, made, [])
    lease.release()
    with closing(Store(tmp_path / "store")) as other:
        assert other.look_up(CALL) == Hit(made)


def test_a_full_disk_costs_what_does_not_fit_and_is_told_once(store: Store) -> None:
    first = result(store)
    store.save(CALL, first, [])
    store._index.write(lambda index: index.execute("PRAGMA max_page_count = 12").fetchall())
    saved = [store.save(call(f"n{number}"), first, []) for number in range(60)]
    assert not saved[-1]
    (trouble,) = store.troubles.take()
    assert trouble == (
        f"Results cannot be kept in {store.folder}: database or disk is full. What runs now runs "
        "again next time."
    )
    assert store.look_up(CALL) == Hit(first)
    passed_on = keep_result(store, call("n60"))
    os.close(store.open_blob(passed_on.blob))
