"""`codeact check`: what people see of a problem, whatever characters the plan is made of."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import plan_text
from codeact_lsp.cli.findings import show_problems
from codeact_lsp.plan import Plan, Problem, Span
from codeact_lsp.plan.problems.problem import Related
from tests.cli.command import Codeact
from tests.cli.test_output import CODEACT, COLOUR, ESCAPE, ended, on_a_terminal

BAD = "def a(a): return a\n"


def shown(codeact: Codeact, text: str) -> str:
    """The report on a plan, without its line of summary."""
    codeact.plan(text)
    return codeact("check", "it.plan.py").out.rpartition("it.plan.py: ")[0]


def test_carets_stand_under_their_place_right_of_tabs_and_wide_characters(codeact: Codeact) -> None:
    assert shown(codeact, "def a(\t日='📦',\té=1,\ta=2): return 日, é, a\n") == (
        "it.plan.py:1:20: error: Node 'a' depends on itself. (cycle)\n"
        "  1 │ def a( 日='📦', é=1, a=2): return 日, é, a\n"
        "    │                      ^\n"
    )


def test_other_places_of_a_problem_are_named(codeact: Codeact) -> None:
    assert shown(codeact, "def a(): return 1\n\n\ndef a(): return 2\n") == (
        "it.plan.py:4:5: error: Node 'a' is defined twice; only the last definition would run. "
        "(duplicate-node)\n"
        "  4 │ def a(): return 2\n"
        "    │     ^\n"
        "  it.plan.py:1:5: First defined here.\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "carets"),
    [
        ("A = '\x1b[2J'; (\n", r"A = '\x1b[2J'; (", "               ^"),
        ("A = '\u202e\x07'; (\n", r"A = '\u202e\x07'; (", "                  ^"),
        ("\x0cA = '\x9b\x85'; (\n", r"\x0cA = '\x9b\x85'; (", "                    ^"),
    ],
)
def test_nothing_in_a_plan_steers_the_terminal(
    codeact: Codeact, text: str, line: str, carets: str
) -> None:
    _, source, marks = shown(codeact, text).splitlines()
    assert (source, marks) == (f"  1 │ {line}", f"    │ {carets}")


def test_nothing_in_a_message_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    source, span = Plan.from_text("x = 1\n").source, Span(0, 1)
    related = (Related("see\x1b[2J", span),)
    show_problems(source, Path("it.plan.py"), [Problem("a", "no\n\x1b[2J", span, related=related)])
    assert capsys.readouterr().out == (
        "it.plan.py:1:1: error: no\\n\\x1b[2J (a)\n"
        "  1 │ x = 1\n"
        "    │ ^\n"
        "  it.plan.py:1:1: see\\x1b[2J\n"
    )


def test_nothing_in_the_name_of_a_file_steers_the_terminal(codeact: Codeact) -> None:
    codeact.plan(BAD, "\x1b[2J.plan.py")
    assert codeact("check", ".").out.splitlines()[-1] == r"\x1b[2J.plan.py: 1 node, 1 error"
    assert codeact("check", ".").out.startswith(r"\x1b[2J.plan.py:1:7: error: ")
    refused = codeact("check", "\x1b2J").err
    assert refused == "codeact: \\x1b2J: there is no such file.\n"


def test_a_long_line_of_wide_characters_is_cut_to_the_terminal(tmp_path: Path) -> None:
    text = f"def a(x='{'日本' * 60}', a=1, y='{'日本' * 60}'): return x, y, a\n"
    (tmp_path / "it.plan.py").write_text(text, encoding="utf-8")
    output = ESCAPE.sub(b"", on_a_terminal(tmp_path, *CODEACT, "check", "it.plan.py")).decode()
    source, carets = [line for line in output.splitlines() if "│" in line]
    assert source == f"  1 │ …本日本日本', a=1, y='{'日本' * 12}日 …"  # 80 cells
    assert carets == "    │               ^"


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    (tmp_path / "it.plan.py").write_text(BAD, encoding="utf-8")
    check = [*CODEACT, "check", "it.plan.py"]
    assert b"\x1b[1;31merror\x1b[0m" in on_a_terminal(tmp_path, *check)
    assert b"\x1b[1;31m" not in on_a_terminal(tmp_path, *check, NO_COLOR="1")
    assert not COLOUR.search(ended(tmp_path, *check).stdout)


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The packages that a check has loaded at its end."""
    script = (
        "import sys; from codeact_lsp.cli import main; main(sys.argv[1:]);"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "check", *arguments]
    return set(ended(folder, *command).stderr.decode().split())


HEAVY = {"asyncio", "cattrs", "griffe", "libcst", "lsprotocol", "networkx", "pygls"}


def test_a_check_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    (tmp_path / "good.plan.py").write_text(plan_text(20), encoding="utf-8")
    (tmp_path / "bad.plan.py").write_text("def a(b): return b\ndef c(:\n", encoding="utf-8")
    slow = HEAVY | {"rich"}
    assert not loaded(tmp_path, "good.plan.py") & slow
    assert not loaded(tmp_path, "good.plan.py", "bad.plan.py", "--json") & slow
    assert loaded(tmp_path, "bad.plan.py") & slow == {"rich"}


MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def test_the_hook_that_we_offer_is_a_valid_one() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "is_plan"),
    [("a.plan.py", True), ("flows/b.plan.py", True), ("a.py", False), ("a.plan.pyi", False)],
)
def test_the_hook_takes_plans_alone(name: str, *, is_plan: bool) -> None:
    hook = dict(re.findall(r"(?m)^[- ] (\w+): (.+)$", MANIFEST.read_text(encoding="utf-8")))
    assert (hook["id"], hook["entry"]) == ("codeact-check", "codeact check")
    assert bool(re.search(hook["files"], name)) == is_plan
