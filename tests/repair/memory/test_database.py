"""The memory of one user: what is learnt counts, what fails goes, and no failure of it matters."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.file import NAME, NewerError
from codeact_lsp.repair.memory.pattern import Pattern

LEN = Pattern("AttributeError", "_ has no _", "_0_.size()", "len(_0_)")
ADD = Pattern("AttributeError", "_ has no _", "_0_.push", "_0_.append")
FIRST_SCHEMA = """
CREATE TABLE patterns (
    id INTEGER PRIMARY KEY, error TEXT NOT NULL, message TEXT NOT NULL, before TEXT NOT NULL,
    after TEXT NOT NULL, accepted INTEGER NOT NULL, worked INTEGER NOT NULL,
    failed INTEGER NOT NULL, at REAL NOT NULL, UNIQUE (error, message, before, after)
);
"""
OTHER = Pattern("AttributeError", "something else", "_0_.trim", "_0_.strip")


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """One that has learnt nothing."""
    return Memory(tmp_path / "data")


def test_what_was_learnt_is_there_for_the_next_one(memory: Memory, tmp_path: Path) -> None:
    memory.learn([LEN])
    (found,) = Memory(tmp_path / "data").like("AttributeError", "_ has no _")
    assert (found.pattern, found.accepted, found.worked) == (LEN, 1, 0)


def test_the_same_kind_of_message_comes_first_then_what_is_proven(memory: Memory) -> None:
    memory.learn([OTHER, OTHER, ADD, LEN])
    memory.learn([LEN])
    found = memory.like("AttributeError", "_ has no _")
    assert [each.pattern for each in found] == [LEN, ADD, OTHER]
    assert memory.like("KeyError", "_ has no _") == []


def test_a_pattern_that_fails_loses_its_rank_and_goes(memory: Memory) -> None:
    memory.learn([ADD, LEN])
    first = memory.like("AttributeError", "_ has no _")[0]
    memory.tell(first.number, worked=False)
    assert memory.like("AttributeError", "_ has no _")[0].pattern != first.pattern
    for _ in range(3):
        memory.tell(first.number, worked=False)
    assert first.pattern not in [each.pattern for each in memory.all()]


def test_one_pattern_or_all_can_be_forgotten(memory: Memory) -> None:
    assert memory.forget() == 0
    memory.learn([ADD, LEN, OTHER])
    assert memory.forget(memory.all()[0].number) == 1
    assert memory.forget(10_000) == 0
    assert memory.forget() == 2
    assert memory.all() == []


def test_what_another_memory_has_is_taken_in_without_what_became_of_it_there(
    memory: Memory, tmp_path: Path
) -> None:
    memory.learn([LEN])
    other = Memory(tmp_path / "other")
    other.learn([LEN])
    other.learn([LEN, ADD])
    assert memory.take_in(other.all()) == 1
    counts = {each.pattern: each.accepted for each in memory.all()}
    assert counts == {LEN: 1, ADD: 0}
    assert [each.pattern for each in memory.like("AttributeError", "_ has no _")] == [LEN, ADD]


def test_what_was_learnt_here_gives_way_to_nothing_that_is_taken_in(memory: Memory) -> None:
    memory.learn([LEN])
    much = (Pattern("KeyError", f"kind {n}", "_0_[1]", "_0_[0]") for n in range(6_000))
    assert memory.take_in(Remembered(1, each, 9, 9, 0, 9e9) for each in much) == 4_999
    memory.learn([ADD])
    assert [each.pattern for each in memory.all()][:2] == [ADD, LEN]
    assert len(memory.all()) == 5_000


def test_what_people_are_offered_and_do_not_take_goes(memory: Memory) -> None:
    memory.learn([ADD, LEN])
    good, bad = memory.all()
    for _ in range(5):
        memory.judge(good.number, taken=True)
        memory.judge(bad.number, taken=False)
    (left,) = memory.all()
    assert (left.pattern, left.taken, left.met) == (good.pattern, 5, 5)


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"x" * 90])
def test_a_broken_file_is_an_empty_memory_and_is_set_aside(
    memory: Memory, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / NAME).write_bytes(content)
    assert memory.like("AttributeError", "_ has no _") == []
    with pytest.raises(sqlite3.DatabaseError):
        memory.all()
    memory.learn([LEN])
    assert [each.pattern for each in memory.all()] == [LEN]
    (aside,) = (tmp_path / "data").glob("*.broken-*")
    assert aside.read_bytes() == content


def test_a_memory_of_a_newer_version_is_left_alone(memory: Memory, tmp_path: Path) -> None:
    memory.learn([LEN])
    with closing(sqlite3.connect(tmp_path / "data" / NAME)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    assert memory.like("AttributeError", "_ has no _") == []
    with pytest.raises(NewerError, match="newer version"):
        memory.learn([ADD])
    with pytest.raises(NewerError, match="newer version"):
        memory.all()


def test_a_memory_of_the_first_version_is_brought_up(memory: Memory, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / NAME)) as connection, connection:
        connection.execute(FIRST_SCHEMA)
        row = ("AttributeError", "_ has no _", LEN.before, LEN.after)
        connection.execute("INSERT INTO patterns VALUES (1, ?, ?, ?, ?, 2, 1, 0, 5.0)", row)
    (found,) = memory.like("AttributeError", "_ has no _")
    assert (found.pattern, found.accepted, found.met) == (LEN, 2, 0)


def test_a_memory_that_cannot_be_written_is_read(memory: Memory, tmp_path: Path) -> None:
    memory.learn([LEN])
    other = Memory(tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / NAME)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # Somebody else is at it, and stays.
        assert [each.pattern for each in other.like("AttributeError", "_ has no _")] == [LEN]


def test_what_many_learn_at_once_is_all_there(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: Memory(tmp_path).learn([LEN, ADD]), range(24)))
    assert [each.accepted for each in Memory(tmp_path).all()] == [24, 24]
