"""`codeact check`: which files its arguments name, how they are read, and what decides the status.

Every plan here that is named `bad` depends on itself, which is an error.
"""

import io
import os
import sys

import pytest

from tests.cli.command import Codeact, words

GOOD = "def a(): return 1\n"
BAD = "def a(a): return a\n"
UNSURE = "def b(x): return x\n"


@pytest.fixture
def tree(codeact: Codeact) -> Codeact:
    """The command in a folder with plans in all places where one may lie."""
    for name in (
        "good.plan.py",
        "flows/bad.plan.py",
        "flows/deep/bad.plan.py",
        "flows/other.py",
        ".hidden/bad.plan.py",
        "node_modules/bad.plan.py",
        "env/bad.plan.py",
    ):
        (codeact.folder / name).parent.mkdir(parents=True, exist_ok=True)
        codeact.plan(GOOD if "good" in name else BAD, name)
    (codeact.folder / "env" / "pyvenv.cfg").touch()
    return codeact


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let standard input be `text`."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (["."], ["flows/bad.plan.py", "flows/deep/bad.plan.py"]),
        (["flows"], ["flows/bad.plan.py", "flows/deep/bad.plan.py"]),
        (["**/*.plan.py"], ["flows/bad.plan.py", "flows/deep/bad.plan.py"]),
        (["*/*.plan.py"], ["flows/bad.plan.py"]),
        (["flows/*.py"], ["flows/bad.plan.py", "flows/other.py"]),
        (["./flows/{other,none}.py"], ["flows/other.py"]),
        ([".hidden"], [".hidden/bad.plan.py"]),
        (["flows/deep", "./flows", "flows/b*"], ["flows/deep/bad.plan.py", "flows/bad.plan.py"]),
    ],
    ids=" ".join,
)
def test_folders_and_globs_name_the_plans_that_they_hold_each_once(
    tree: Codeact, arguments: list[str], files: list[str]
) -> None:
    ended = tree("check", *arguments, "--json")
    assert words(ended.told, "file") == [(file,) for file in files]
    assert (ended.status, ended.err) == (2, "")


@pytest.mark.parametrize("named", ["flows/pipe.plan.py", "flows/link.plan.py"])
def test_a_pipe_among_the_files_is_not_waited_for(tree: Codeact, named: str) -> None:
    pipe = tree.folder / "flows/pipe.plan.py"
    os.mkfifo(pipe)
    (tree.folder / "flows/link.plan.py").symlink_to(pipe)
    ended = tree("check", named)
    assert ended.status == 3
    assert "a pipe and no file. To read a plan from a pipe, name it -." in ended.err


def test_a_pipe_that_a_shell_makes_is_read(codeact: Codeact) -> None:
    reading, writing = os.pipe()
    os.write(writing, BAD.encode())
    os.close(writing)
    ended = codeact("check", f"/dev/fd/{reading}", "--json")
    os.close(reading)
    assert [problem["code"] for problem in ended.told] == ["cycle"]


def test_a_glob_may_be_absolute_or_lead_upwards(
    tree: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = str(tree.folder / "flows" / "bad.plan.py")
    glob = f"{tree.folder}/fl*/*.plan.py"
    assert words(tree("check", glob, "--json").told, "file") == [(bad,)]
    monkeypatch.chdir(tree.folder / "env")
    glob = "../flows/*.plan.py"
    assert words(tree("check", glob, "--json").told, "file") == [("../flows/bad.plan.py",)]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(codeact: Codeact) -> None:
    codeact.plan(BAD, "[b]ad.plan.py")
    codeact.plan(GOOD, "bad.plan.py")
    assert codeact("check", "[b]ad.plan.py").status == 2


def test_a_search_leaves_alone_what_never_ends(codeact: Codeact) -> None:
    codeact.plan(GOOD)
    os.mkfifo(codeact.folder / "pipe.plan.py")
    (codeact.folder / "endless.plan.py").symlink_to("/dev/zero")
    (codeact.folder / "round").symlink_to(codeact.folder, target_is_directory=True)
    assert codeact("check", ".").out == "it.plan.py: 1 node, no problems\n"
    assert codeact("check", "*.plan.py").out == "it.plan.py: 1 node, no problems\n"


def test_what_cannot_be_used_is_named_and_does_not_stop_the_rest(tree: Codeact) -> None:
    (tree.folder / "latin.plan.py").write_bytes(b'def a():\n    return "\xe9"\n')
    (tree.folder / "empty").mkdir()
    ended = tree("check", "none*", "empty", "no.plan.py", "latin.plan.py", "flows", "good.plan.py")
    assert ended.err.splitlines() == [
        "codeact: none*: no file matches this glob.",
        "codeact: empty: there is no plan (*.plan.py) in this folder.",
        "codeact: no.plan.py: there is no such file.",
        "codeact: latin.plan.py:2: byte 0xe9 is not UTF-8. Save the file with the encoding UTF-8.",
    ]
    assert ended.out.splitlines()[-1] == "5 files: 2 errors, 2 not checked"
    assert ended.status == 3


def test_a_configuration_that_many_plans_share_is_complained_of_once(tree: Codeact) -> None:
    (tree.folder / "pyproject.toml").write_text("[tool\n", encoding="utf-8")
    ended = tree("check", ".", "--json")
    assert (ended.status, ended.out, ended.err.count("pyproject.toml")) == (3, "", 1)


def test_of_several_plans_only_those_with_problems_are_shown(tree: Codeact) -> None:
    tree.plan(UNSURE, "unsure.plan.py")
    assert tree("check", "good.plan.py", "flows/bad.plan.py", "unsure.plan.py").out == (
        "flows/bad.plan.py:1:7: error: Node 'a' depends on itself. (cycle)\n"
        "  1 │ def a(a): return a\n"
        "    │       ^\n"
        "flows/bad.plan.py: 1 node, 1 error\n"
        "unsure.plan.py:1:7: information: Input 'x' has no value. Give it a default, pass "
        "--input x=VALUE, or set it in the plan's .toml file. (missing-input)\n"
        "  1 │ def b(x): return x\n"
        "    │       ^\n"
        "unsure.plan.py: 1 node, 1 remark\n"
        "3 files: 1 error, 1 remark\n"
    )


@pytest.mark.parametrize(
    ("level", "status"), [("error", 0), ("warning", 0), ("information", 2), ("hint", 2)]
)
def test_the_level_says_which_problems_make_the_status(
    codeact: Codeact, level: str, status: int
) -> None:
    codeact.plan(UNSURE)  # It lacks an input, which is an information.
    ended = codeact("check", "it.plan.py", "--level", level)
    assert (ended.status, "missing-input" in ended.out) == (status, True)


def test_a_level_that_does_not_exist_is_refused(codeact: Codeact) -> None:
    ended = codeact("check", "it.plan.py", "--level", "high")
    assert ended.status == 3
    assert "argument --level: invalid choice: 'high'" in ended.err


def test_standard_input_stands_for_the_file_that_it_is_called(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    (codeact.folder / "sub").mkdir()
    (codeact.folder / "sub" / "it.plan.toml").write_text("x = 1\n", encoding="utf-8")
    (codeact.folder / "sub" / "pyproject.toml").write_text(
        '[tool.codeact.problems]\nmissing-input = "error"\n', encoding="utf-8"
    )
    feed(monkeypatch, "def a(x, y): return x, y\n")
    ended = codeact("check", "-", "--stdin-filename", "sub/it.plan.py", "--json")
    assert words(ended.told, "file", "severity") == [("sub/it.plan.py", "error")]
    assert ended.told[0]["range"]["start"]["character"] == 9
    feed(monkeypatch, "def a(x, y): return x, y\n")
    ended = codeact("check", "-", "--stdin-filename", "sub/it.plan.py")
    assert ended.out.startswith("sub/it.plan.py:1:10: error: ")


def test_a_name_for_standard_input_that_is_not_read_is_refused(codeact: Codeact) -> None:
    codeact.plan(GOOD)
    ended = codeact("check", "it.plan.py", "--stdin-filename", "other.plan.py")
    assert (ended.status, ended.out) == (3, "")
    assert ended.err == (
        "codeact: --stdin-filename names what - reads, and - is not among the files.\n"
    )


def test_names_that_no_file_can_have_are_refused(codeact: Codeact) -> None:
    long = "x" * 300
    ended = codeact("check", long, f"{long}/*.plan.py", "../" * 50 + "no/**")
    assert ended.err.splitlines() == [
        f"codeact: {long}/*.plan.py: no file matches this glob.",
        f"codeact: {'../' * 50}no/**: no file matches this glob.",
        f"codeact: {long}: File name too long.",
    ]
    assert (ended.status, ended.out) == (3, "")
