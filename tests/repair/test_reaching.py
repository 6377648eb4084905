"""Ruff is asked of a change only if that names more of modules and builtins than the plan did."""

import pytest

from codeact_lsp.plan import Plan
from codeact_lsp.repair.reaching import asks_nothing_new

BEFORE = """import os
import subprocess as sub
from pathlib import Path

LIMIT = 3

def sizes(folder: str, most: int = 5) -> list:
    found = [each for each in os.listdir(folder)]
    return [len(each) for each in found[:most]]

def other(sizes: list) -> int:
    return sub.run(["true"], timeout=LIMIT)
"""


def asks_nothing(old: str, new: str) -> bool:
    assert BEFORE.count(old) == 1
    return asks_nothing_new(Plan.from_text(BEFORE), Plan.from_text(BEFORE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("found[:most]", "found[: most - 1]"),
        ("len(each)", "int(len(each))"),
        ("len(each)", "len(each.strip())"),
        ("len(each)", "len(folder)"),
        ("os.listdir(folder)", "os.listdir(str(folder))"),
        ("os.listdir(folder)", "folder"),
        ("    found = [each", "    more = most\n    found = [more, each"),
        ('sub.run(["true"]', 'sub.run(["false"]'),
        ("def sizes(folder", "\ndef sizes(folder"),
    ],
    ids=[
        "an index", "a conversion", "a method of a value", "another variable", "an argument",
        "less", "a variable of its own", "a text", "nothing",
    ],
)  # fmt: skip
def test_a_change_that_only_says_otherwise_what_was_there_asks_for_nothing(
    old: str, new: str
) -> None:
    assert asks_nothing(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("os.listdir(folder)", "os.scandir(folder)"),
        ("os.listdir(folder)", "os.listdir(folder) + os.listdir(folder)"),
        ("len(each)", "os"),
        ("len(each)", "Path(each)"),
        ("len(each)", "eval(each)"),
        ("len(each)", "LIMIT"),
        ("len(each)", "each.__class__"),
        ("found[:most]", "sorted(found, key=len)"),
        ("timeout=LIMIT", "timeout=LIMIT, shell=True"),
        ("timeout=LIMIT", "shell=LIMIT"),
        ("import os\n", "import os\nimport socket\n"),
        ("import os\n", "import shutil as os\n"),
        ("    found = [each", "    import socket\n    found = [each"),
        (
            "    return [len(each) for each in found[:most]]",
            "    try:\n        return []\n    except OSError:\n        return []",
        ),
    ],
    ids=[
        "another member", "once more", "a module", "what was imported", "a mightier builtin",
        "a constant of the plan", "a name with underscores", "a keyword of a builtin",
        "one more keyword", "another keyword", "an import", "another module of that name",
        "an import inside", "a handler",
    ],
)  # fmt: skip
def test_a_change_that_names_more_asks_for_something(old: str, new: str) -> None:
    assert not asks_nothing(old, new)


def test_to_name_something_once_more_asks_for_something_and_once_less_for_nothing() -> None:
    old = "os.listdir(folder)"
    text = BEFORE.replace(old, "os.scandir(folder)")
    after = BEFORE.replace(old, "[*os.scandir(folder), *os.scandir(folder)]")
    assert not asks_nothing_new(Plan.from_text(text), Plan.from_text(after))
    assert asks_nothing_new(Plan.from_text(after), Plan.from_text(text))


def test_names_that_the_changed_function_binds_itself_reach_nothing() -> None:
    assert asks_nothing("len(each) for each", "len(eval) for eval")
