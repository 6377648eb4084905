"""The store believes an entry only while all that it rests on is as it was."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.engine.reuse.call_parts import name_of
from codeact_lsp.engine.store import Hit, Miss, Store
from codeact_lsp.engine.store.entries import mark
from codeact_lsp.engine.store.index import NAME
from codeact_lsp.engine.values import Blob
from tests.engine.storing import call, keep, keep_result, result

CALL = call()
NOT_YET = Miss("it has not run yet")


def content(store: Store, blob: Blob) -> bytes:
    descriptor = store.open_blob(blob)
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read()


def files(tmp_path: Path) -> list[Path]:
    """The values, kept or being written."""
    folders = (tmp_path / "store" / name for name in ("blobs", "drafts"))
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_can_be_read_and_not_written(store: Store) -> None:
    blob = keep(store, b"some bytes")
    assert blob.size == 10
    assert content(store, blob) == b"some bytes"
    descriptor = store.open_blob(blob)
    with os.fdopen(descriptor, "rb") as opened, pytest.raises(OSError, match="Bad file descriptor"):
        os.write(opened.fileno(), b"x")


def test_equal_content_is_one_blob(store: Store, tmp_path: Path) -> None:
    assert keep(store, b"same") == keep(store, b"same") != keep(store, b"other")
    assert len(files(tmp_path)) == 2


def test_a_draft_that_is_not_kept_leaves_nothing(store: Store, tmp_path: Path) -> None:
    draft = store.draft()
    os.write(draft.descriptor, b"half")
    draft.discard()
    assert files(tmp_path) == []


def test_only_the_user_can_read_it(store: Store, tmp_path: Path) -> None:
    keep(store, b"x")
    folder = tmp_path / "store"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "blobs").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


def test_a_result_comes_back_whole(store: Store) -> None:
    made = result(store)
    assert store.look_up(CALL) == NOT_YET
    assert store.save(CALL, made, [])
    assert store.look_up(CALL) == Hit(made)
    assert store.look_up(call("other")) == NOT_YET


def test_a_value_is_kept_together_with_its_result(store: Store) -> None:
    made = keep_result(store, CALL)
    assert content(store, made.blob) == b"value"
    assert store.look_up(CALL) == Hit(made)


def test_a_later_result_takes_the_place_of_an_earlier_one(store: Store) -> None:
    store.save(CALL, result(store, b"old"), [])
    new = result(store, b"new")
    store.save(CALL, new, [])
    assert store.look_up(CALL) == Hit(new)


def test_a_result_survives_the_end_of_the_server(store: Store, tmp_path: Path) -> None:
    made = result(store)
    store.save(CALL, made, [])
    other = Store(tmp_path / "store")
    assert other.look_up(CALL) == Hit(made)
    other.close()


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
    store.save(CALL, result(store), [])
    with sqlite3.connect(tmp_path / "store" / NAME) as index:
        index.execute(change)
    index.close()
    assert store.look_up(CALL) == Miss("its stored result was not made by you")


def test_an_entry_under_another_key_is_not_believed(store: Store, tmp_path: Path) -> None:
    store.save(CALL, result(store), [])
    with sqlite3.connect(tmp_path / "store" / NAME) as index:
        index.execute("UPDATE entries SET key = ?", (call("other").key,))
    index.close()
    assert store.look_up(call("other")) == Miss("its stored result was not made by you")


@pytest.mark.parametrize("text", ["{}", "[]", "no JSON", '["another shape", [], [], 1]'])
def test_an_entry_of_another_version_is_no_hit(store: Store, tmp_path: Path, text: str) -> None:
    store.save(CALL, result(store), [])
    marked = mark(store._secret, CALL.key, text)
    with sqlite3.connect(tmp_path / "store" / NAME) as index:
        index.execute("UPDATE entries SET entry = ?, mark = ?", (text, marked))
    index.close()
    assert store.look_up(CALL) == Miss("its stored result was made by another version")


def test_clearing_forgets_entries_and_values(store: Store, tmp_path: Path) -> None:
    store.save(CALL, result(store), [])
    store.clear()
    assert store.look_up(CALL) == NOT_YET
    assert files(tmp_path) == []
    made = result(store)
    store.save(CALL, made, [])
    assert store.look_up(CALL) == Hit(made)


def test_many_calls_are_looked_up_at_once_each_with_its_own_answer(store: Store) -> None:
    made = [result(store, b"%d" % number) for number in range(3)]
    calls = [call(f"node{number}") for number in range(4)]
    for each, result_ in zip(calls[:3], made, strict=True):
        store.save(each, result_, [])
    assert store.look_up_many(calls[::-1]) == [NOT_YET, *map(Hit, made[::-1])]
    assert store.look_up_many([]) == []


def test_what_a_plan_will_ask_for_can_be_read_ahead(store: Store) -> None:
    made = result(store)
    store.save(CALL, made, [])
    recall = store.recall(CALL.file)
    later = result(store, b"later")
    store.save(call("later"), later, [])
    assert recall.look_up(CALL) == Hit(made)
    assert recall.look_up(call("later")) == Hit(later)
    assert recall.look_up(call("never")) == NOT_YET


def test_a_hit_says_since_when_and_why(store: Store) -> None:
    store.save(CALL, replace(result(store), origin="run"), [])
    hit = store.look_up(CALL)
    assert isinstance(hit, Hit)
    assert abs(hit.made - time.time()) < 60
    assert hit.why == "its code, its inputs and the files it read are unchanged"


def test_a_plan_may_lie_where_no_text_can_tell(store: Store) -> None:
    made, each = result(store), call(file=name_of(Path(os.fsdecode(b"/plans/\xff.plan.py"))))
    store.save(each, made, [])
    assert store.look_up(each) == Hit(made)
    assert store.recall(each.file).look_up(each) == Hit(made)


def test_many_threads_and_two_stores_share_one_folder(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "store")

    def save_and_look_up(index: int) -> bool:
        first, second = (store, other) if index % 2 else (other, store)
        made, each = result(first, b"%d" % (index % 7)), call(f"node{index}")
        return first.save(each, made, []) and second.look_up(each) == Hit(made)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save_and_look_up, range(80)))
    other.close()
