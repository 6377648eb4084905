"""`codeact memory`: what was learnt, to look at, to forget, and to hand on."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.engine.workspace.folders import data_folder
from codeact_lsp.repair.memory.answers import Answer
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.file import NAME
from codeact_lsp.repair.memory.pattern import Pattern
from tests.cli.command import Codeact

LEN = Pattern("AttributeError", "_ object has no attribute _", "_0_.size()", "len(_0_)")


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """A memory of the test's own."""
    monkeypatch.setenv("CODEACT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    return Memory(data_folder())


def test_before_anything_was_learnt_it_says_when_that_happens(codeact: Codeact) -> None:
    ended = codeact("memory", "list")
    assert (ended.status, ended.out.split(":")[0]) == (0, "Nothing was learnt yet")
    assert codeact("memory", "list", "--json").told == []


def test_patterns_are_listed_and_shown(codeact: Codeact, memory: Memory) -> None:
    memory.learn([LEN])
    (line,) = codeact("memory", "list", "--json").told
    assert (line["pattern"]["after"], line["accepted"]) == ("len(_0_)", 1)
    listed = codeact("memory", "list").out
    assert "_0_.size()" in listed
    assert "accepted" in listed
    assert codeact("memory", "show", "1").out.splitlines() == [
        "AttributeError: _ object has no attribute _",
        "- _0_.size()",
        "+ len(_0_)",
        "accepted 1, worked 0, failed 0 times",
    ]


def test_what_mended_one_failure_is_listed_shown_and_forgotten(
    codeact: Codeact, memory: Memory
) -> None:
    change = {"steps": [[[], 1, ["len(_0_)", f"'_{'0a' * 17}x_'"]]], "gone": [], "come": []}
    answer = Answer("KeyError", "= _", "very", "form", "", json.dumps(change))
    memory.answers.learn(answer)
    (line,) = codeact("memory", "list", "--json").told
    assert (line["number"], line["answer"]["after"]) == ("a1", "len(_0_)\n'...'")
    assert "len(_0_)" in codeact("memory", "list").out
    shown = codeact("memory", "show", "a1").out.splitlines()
    assert shown == [
        "KeyError: = _",
        "- the very code that failed",
        "+ len(_0_)",
        "+ '...'",
        "accepted 1, worked 0, failed 0 times",
    ]
    assert codeact("memory", "show", "a1", "--json").told == [line]
    assert codeact("memory", "forget", "a1").out == "forgot 1 lesson\n"
    memory.answers.learn(replace(answer, change="[]"))
    assert memory.answers.all()[0].answer.told == ""
    assert codeact("memory", "forget", "--all").out == "forgot 1 lesson\n"


@pytest.mark.parametrize("action", [("list",), ("show", "1"), ("export",), ("forget", "--all")])
def test_of_a_memory_that_cannot_be_used_it_says_why(
    codeact: Codeact, memory: Memory, action: tuple[str, ...]
) -> None:
    memory.learn([LEN])
    file = data_folder() / NAME
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    ended = codeact("memory", *action)
    assert (ended.status, "was written by a newer version" in ended.err) == (3, True)
    if action[0] != "forget":
        file.write_bytes(b"no database")
        ended = codeact("memory", *action)
        assert (ended.status, "cannot be read: file is not a database" in ended.err) == (3, True)


def test_one_or_all_are_forgotten(codeact: Codeact, memory: Memory) -> None:
    memory.learn([LEN, Pattern("KeyError", "_", "_0_[1]", "_0_[0]")])
    assert codeact("memory", "forget", "1").out == "forgot 1 lesson\n"
    assert codeact("memory", "forget", "--all").out == "forgot 1 lesson\n"
    assert memory.all() == []


def test_what_one_has_learnt_another_can_take_in(
    codeact: Codeact, memory: Memory, tmp_path: Path
) -> None:
    memory.learn([LEN])
    assert codeact("memory", "export", "-o", "learnt.json").status == 0
    assert json.loads(codeact("memory", "export").out)["format"] == "codeact-memory-1"
    memory.forget()
    assert codeact("memory", "import", "learnt.json").out == "took in 1 pattern\n"
    assert codeact("memory", "import", "learnt.json").out.startswith("took in 0 patterns\nleft")
    assert [each.pattern for each in memory.all()] == [LEN]


def test_what_cannot_be_used_is_left_out_and_told(codeact: Codeact, memory: Memory) -> None:
    memory.learn([LEN, Pattern("KeyError", "_", "_0_[1]", "_0_[0]")])
    learnt = codeact("memory", "export").out
    memory.forget()
    codeact.folder.joinpath("learnt.json").write_text(learnt.replace("len(_0_)", "len(_1_"))
    assert codeact("memory", "import", "learnt.json").out.splitlines() == [
        "took in 1 pattern",
        "left out 1: known already, of no use, or more than the memory holds",
    ]
    assert [each.pattern.error for each in memory.all()] == ["KeyError"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "was not written by 'codeact memory export'"),
        ("[" * 100_000, "was not written by 'codeact memory export'"),
        ('{"format": "codeact-memory-2"}', "this version reads 'codeact-memory-1'"),
        ('{"format": "codeact-memory-1", "patterns": [{"number": "x"}]}', "patterns[0]"),
        ('{"format": "codeact-memory-1"}', "patterns"),
    ],
)
def test_a_file_of_another_kind_is_refused(codeact: Codeact, content: str, said: str) -> None:
    codeact.folder.joinpath("learnt.json").write_text(content)
    ended = codeact("memory", "import", "learnt.json")
    assert ended.status == 3
    assert said in ended.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "7"), "there is no lesson 7"),
        (("forget", "a7"), "there is no lesson a7"),
        (("forget", "x"), "there is no lesson x"),
        (("forget", "9" * 30), "there is no lesson 9"),
        (("forget", "7"), "there is no lesson 7"),
        (("forget",), "give the number of the lesson to forget, or --all"),
        (("forget", "1", "--all"), "give the number of the lesson to forget, or --all"),
        (("import", "absent.json"), "cannot read absent.json"),
        (("export", "-o", "no/such/folder.json"), "cannot write no/such/folder.json"),
    ],
)
def test_a_slip_is_told(codeact: Codeact, arguments: tuple[str, ...], said: str) -> None:
    ended = codeact("memory", *arguments)
    assert ended.status == 3
    assert said in ended.err
