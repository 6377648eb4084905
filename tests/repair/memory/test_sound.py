"""What comes from elsewhere and cannot be used is known, and kept from the search for repairs."""

import math
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.repair.memory import database
from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.file import NAME
from codeact_lsp.repair.memory.pattern import Pattern
from codeact_lsp.repair.memory.sound import is_sound

LEN = Pattern("AttributeError", "_ has no _", "_0_.size()", "len(_0_)")
TAKEN = Remembered(1, LEN, accepted=2, worked=1, failed=0, at=5.0)
UNUSABLE = {
    "no code before": replace(LEN, before="_0_.("),
    "no code after": replace(LEN, after="len(_0_"),
    "nothing before": replace(LEN, before=""),
    "nothing after": replace(LEN, after=""),
    "two statements": replace(LEN, after="len(_0_)\nimport os"),
    "a hole that nothing fills": replace(LEN, after="len(_1_)"),
    "a text that nothing fills": replace(LEN, after="len(_0s_)"),
    "no character": replace(LEN, after="len(_0_)\0"),
    "half a character": replace(LEN, after="len('\ud800')"),
    "too deep": replace(LEN, after="(" * 250),
    "too long": replace(LEN, after=f"len(_0_{' ' * 500})"),
    "no exception": replace(LEN, error="\x1b[31mAttributeError"),
    "too much said": replace(LEN, message="_" * 1_000),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_cannot_be_used_is_known(what: str) -> None:
    assert not is_sound(UNUSABLE[what])


@pytest.mark.parametrize("template", ["lambda _0_: _0_ + _1_", "_1_ = _0_[_0s_]", "_1_(_0_, _0s_)"])
def test_what_has_all_its_holes_is_sound(template: str) -> None:
    assert is_sound(Pattern("json.JSONDecodeError", "~ _ said", "_1_[_0_](_0s_)", template))


@pytest.mark.parametrize(
    "odd",
    [
        replace(TAKEN, at=math.nan),
        replace(TAKEN, at=math.inf),
        replace(TAKEN, at=-1.0),
        replace(TAKEN, accepted=10**30),
        replace(TAKEN, worked=-1),
    ],
    ids=str,
)
def test_what_says_impossible_things_of_itself_is_left_out(tmp_path: Path, odd: Remembered) -> None:
    memory = Memory(tmp_path)
    assert memory.take_in([odd, TAKEN]) == 1
    (found,) = memory.all()
    assert (found.pattern, found.accepted) == (LEN, 0)


def test_nothing_that_was_learnt_gives_way_to_what_is_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_MOST_PATTERNS", 3)
    memory = Memory(tmp_path)
    memory.learn([LEN])
    others = (replace(LEN, before=f"_0_.size{count}()") for count in range(5))
    assert memory.take_in(replace(TAKEN, pattern=each, at=1e11) for each in others) == 2
    assert LEN in [each.pattern for each in memory.all()]
    memory.learn([replace(LEN, before="_0_.length()")])
    assert len(memory.all()) == 3


def test_what_somebody_has_written_into_the_file_is_not_proposed(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.learn([LEN])
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE patterns SET after = '_9_ ('")
    assert memory.like("AttributeError", "_ has no _") == []


@pytest.mark.parametrize("column", ["accepted", "worked", "failed", "at", "taken", "met"])
def test_a_count_without_end_in_the_file_ends_no_search(tmp_path: Path, column: str) -> None:
    memory = Memory(tmp_path)
    memory.learn([LEN])
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute(f"UPDATE patterns SET {column} = 9e999")
    assert memory.like("AttributeError", "_ has no _") == []
    with pytest.raises(ValueError, match="counts inf"):
        memory.all()
