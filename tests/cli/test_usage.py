"""Calls that cannot be used: status 3, one message that names the cause, nothing on stdout."""

import os
from pathlib import Path

import pytest

import codeact_lsp
from codeact_lsp.engine.store.index import NAME
from tests.cli.command import Codeact

PLAN = """
    def numbers(count: int = 3) -> list[int]:
        return list(range(count))

    def total(numbers: list[int]) -> int:
        return sum(numbers)
"""


def check_refused(codeact: Codeact, message: str, *arguments: str) -> None:
    """The call ends with status 3 and exactly this message; a reminder of the usage may follow."""
    ended = codeact(*arguments)
    first, _, rest = ended.err.partition("\n")
    assert (ended.status, first, ended.out) == (3, f"codeact: {message}", "")
    assert not rest or rest.startswith("usage: codeact ")


@pytest.mark.parametrize("command", ["run", "check", "graph", "fix"])
class TestAFileThatCannotBeRead:
    def test_because_it_is_not_there(self, codeact: Codeact, command: str) -> None:
        check_refused(codeact, "no.plan.py: there is no such file.", command, "no.plan.py")

    def test_because_its_folder_is_a_file(self, codeact: Codeact, command: str) -> None:
        codeact.plan(PLAN)
        name = "it.plan.py/it.plan.py"
        check_refused(codeact, f"{name}: Not a directory.", command, name)

    def test_because_the_system_refuses(self, codeact: Codeact, command: str) -> None:
        # A file that not even root can read from its start: nothing is mapped there.
        check_refused(codeact, "/proc/self/mem: Input/output error.", command, "/proc/self/mem")

    def test_because_it_leads_to_something_endless(self, codeact: Codeact, command: str) -> None:
        (codeact.folder / "it.plan.py").symlink_to("/dev/zero")
        message = "it.plan.py: larger than 10 MB, which no plan is."
        check_refused(codeact, message, command, "it.plan.py")

    def test_because_its_path_is_no_text(self, codeact: Codeact, command: str) -> None:
        folder = codeact.folder / os.fsdecode(b"\xff")
        folder.mkdir()
        (folder / "it.plan.py").write_text("def a(): return 1\n", encoding="utf-8")
        message = f"{str(folder / 'it.plan.py')!a}: the path is not UTF-8. Rename what is not."
        check_refused(codeact, message, command, str(folder / "it.plan.py"))

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
    def test_because_it_is_not_utf_8(self, codeact: Codeact, command: str, mark: bytes) -> None:
        (codeact.folder / "it.plan.py").write_bytes(mark + b'A = 1\nB = "\xe9"\n')
        message = "it.plan.py:2: byte 0xe9 is not UTF-8. Save the file with the encoding UTF-8."
        check_refused(codeact, message, command, "it.plan.py")


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("run", "Is a directory."),
        ("fix", "Is a directory."),
        ("graph", "Is a directory."),
        ("check", "there is no plan (*.plan.py) in this folder."),
    ],
)
def test_a_folder_is_refused_where_one_plan_is_asked_for_or_none_is_in_it(
    codeact: Codeact, command: str, why: str
) -> None:
    (codeact.folder / "sub").mkdir()
    check_refused(codeact, f"sub: {why}", command, "sub")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--node", "totl"], "The plan has no node 'totl'. Did you mean 'total'?"),
        (["--node", "xyz"], "The plan has no node 'xyz'."),
        (["--input", "count"], "--input expects NAME=VALUE, not 'count'."),
        (["--input", "=3"], "--input expects NAME=VALUE, not '=3'."),
        (["--input", "coumt=3"], "The plan has no input 'coumt'. Did you mean 'count'?"),
        (["--input", "numbers=3"], "'numbers' is a node of the plan, which makes its own value."),
        (["--workers", "0"], "argument --workers: expected a number above 0, not '0'"),
        (["--workers", "-2"], "argument --workers: expected a number above 0, not '-2'"),
        (["--workers", "two"], "argument --workers: expected a number above 0, not 'two'"),
        (["--timeout", "-1"], "argument --timeout: expected seconds, not '-1'"),
        (["--timeout", "nan"], "argument --timeout: expected seconds, not 'nan'"),
        (["--timeout", "soon"], "argument --timeout: expected seconds, not 'soon'"),
        (["--resource", "gpu"], "--resource expects NAME=N with N above 0, not 'gpu'."),
        (["--resource", "gpu=0"], "--resource expects NAME=N with N above 0, not 'gpu=0'."),
        (["--frob"], "unrecognized arguments: --frob."),
        (["--inptu=5"], "unrecognized arguments: --inptu=5. Did you mean '--input'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("command", ["run", "fix"])
def test_a_bad_option_is_refused_with_its_name(
    codeact: Codeact, command: str, arguments: list[str], message: str
) -> None:
    codeact.plan(PLAN)
    check_refused(codeact, message, command, "it.plan.py", *arguments)


def test_a_misspelt_input_is_told_before_the_one_that_has_no_value_for_it(codeact: Codeact) -> None:
    codeact.plan("def greeting(name: str) -> str: return name\n")
    message = "The plan has no input 'nam'. Did you mean 'name'?"
    check_refused(codeact, message, "run", "it.plan.py", "--input", "nam=Bo")
    codeact.plan("def a(b): ...\ndef b(a): ...\n")
    assert codeact("run", "it.plan.py", "--input", "nam=Bo").status == 2


def test_an_interpreter_that_does_not_exist_is_refused(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    message = "There is no interpreter /nowhere/python: neither a file nor a command."
    check_refused(codeact, message, "run", "it.plan.py", "--interpreter", "/nowhere/python")


def test_an_interpreter_that_is_none_fails_the_nodes_and_names_itself(codeact: Codeact) -> None:
    plan = codeact.plan(PLAN)
    ended = codeact.run("--interpreter", str(plan))
    assert ended.status == 1
    assert ended.became == {"numbers": "failed", "total": "blocked"}
    assert ended.error["message"].startswith(f"The worker cannot run: {plan} does not start: ")


def test_a_missing_input_is_asked_for_by_name(codeact: Codeact) -> None:
    codeact.plan("def total(numbers: list[int]) -> int: return sum(numbers)\n")
    message = (
        "Node 'total' needs the input 'numbers', which has no value. Pass --input numbers=VALUE, "
        "set it in the plan's .toml file, or give it a default."
    )
    check_refused(codeact, message, "run", "it.plan.py")


def test_a_missing_input_that_a_misspelt_node_explains_names_the_node(codeact: Codeact) -> None:
    codeact.plan(PLAN.replace("total(numbers", "total(nombers").replace("sum(n", "sum(no"))
    ended = codeact("run", "it.plan.py")
    assert ended.status == 3
    assert "needs the input 'nombers', which has no value. Did you mean the node 'numbers'?" in (
        ended.err
    )


@pytest.mark.parametrize("command", ["run", "check", "fix"])
def test_an_inputs_file_that_is_no_toml_is_refused(codeact: Codeact, command: str) -> None:
    codeact.plan(PLAN)
    (codeact.folder / "it.plan.toml").write_text("count = [\n", encoding="utf-8")
    check_refused(
        codeact, "it.plan.toml: Invalid value (at end of document)", command, "it.plan.py"
    )


@pytest.mark.parametrize("place", ["/dev/null/results", "/proc/results", "it.plan.py"])
def test_a_folder_of_results_that_cannot_be_used_is_named(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    codeact.plan(PLAN)
    monkeypatch.setenv("CODEACT_CACHE_DIR", place)
    ended = codeact("run", "it.plan.py")
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.startswith(f"codeact: the folder of results {place} cannot be used: ")


def test_a_damaged_store_of_results_is_set_aside_and_told(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    codeact.plan(PLAN)
    store: Path = tmp_path_factory.mktemp("damaged")
    (store / NAME).write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(store))
    ended = codeact("run", "it.plan.py")
    assert ended.status == 0
    assert ended.err == (
        f"codeact: The index of results {store / NAME} was damaged (file is not a database). It is "
        "index-3.damaged now, and results are stored anew from here on.\n"
    )


def test_without_a_command_it_says_which_there_are(codeact: Codeact) -> None:
    ended = codeact()
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.startswith("usage: codeact ")
    assert "    run       run a plan\n" in ended.err


def test_an_unknown_command_is_refused_with_the_usage(codeact: Codeact) -> None:
    ended = codeact("frobnicate")
    assert (ended.status, ended.out) == (3, "")
    assert "invalid choice: 'frobnicate'" in ended.err
    assert "). Did you mean 'cache'?\n" in codeact("cahce").err


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["serve", "--help"]])
def test_help_is_no_error(
    codeact: Codeact, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        codeact(*arguments)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: codeact")


def test_the_exit_statuses_are_in_the_help(
    codeact: Codeact, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        codeact("--help")
    told = " ".join(capsys.readouterr().out.split())
    assert told.endswith(
        "exit status: 0 done, 1 a node failed, 2 the plan has errors, 3 bad usage or input, "
        "130 interrupted, 141 the reader of the output closed it"
    )


def test_the_version_is_the_packages(codeact: Codeact, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        codeact("--version")
    assert capsys.readouterr().out == f"codeact {codeact_lsp.__version__}\n"
