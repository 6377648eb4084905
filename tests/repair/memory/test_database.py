"""The memory of one user: what is learnt counts, what fails goes, and no failure of it matters."""

from pathlib import Path

import pytest

from codeact_lsp.repair.memory.database import NAME, Memory
from codeact_lsp.repair.memory.pattern import Pattern

LEN = Pattern("AttributeError", "_ has no _", "_0_.size()", "len(_0_)")
ADD = Pattern("AttributeError", "_ has no _", "_0_.push", "_0_.append")
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


def test_another_memory_is_taken_in_with_its_counts(memory: Memory, tmp_path: Path) -> None:
    memory.learn([LEN])
    other = Memory(tmp_path / "other")
    other.learn([LEN])
    other.learn([LEN, ADD])
    assert memory.take_in(other.all()) == 2
    counts = {each.pattern: each.accepted for each in memory.all()}
    assert counts == {LEN: 3, ADD: 1}


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 90])
def test_a_broken_file_is_an_empty_memory(memory: Memory, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / NAME).write_bytes(content)
    assert memory.like("AttributeError", "_ has no _") == []
    assert memory.all() == []
