"""`codeact check`: problems with carets or as JSON lines, without running anything."""

import io
import sys

import pytest

from tests.cli.command import Codeact, said, words


def test_a_sound_plan_has_no_problems(codeact: Codeact) -> None:
    codeact.plan("def one() -> int: return 1\n\ndef two(one: int) -> int: return one + 1\n")
    ended = codeact("check", "it.plan.py")
    assert (ended.status, ended.out) == (0, "it.plan.py: 2 nodes, no problems\n")
    assert codeact("check", "it.plan.py", "--json").told == []


def test_nothing_of_a_plan_is_run(codeact: Codeact) -> None:
    codeact.plan("""
        from pathlib import Path
        Path("ran").touch()
        def one(value=Path("ran").touch()) -> int: Path("ran").touch()
    """)
    assert codeact("check", "it.plan.py").status == 0
    assert codeact("graph", "it.plan.py").status == 0
    assert not (codeact.folder / "ran").exists()


def test_a_problem_is_shown_with_carets_under_its_exact_place(codeact: Codeact) -> None:
    codeact.plan('''
        def größe_der_日本_kiste() -> int:
            return 1

        def second() -> int:
            """Second.

            After: größe_der_日本_kist
            """
    ''')
    ended = codeact("check", "it.plan.py")
    assert ended.out == (
        "it.plan.py:7:12: error: There is no node 'größe_der_日本_kist'. "
        "Did you mean 'größe_der_日本_kiste'? (unknown-node)\n"
        "  7 │     After: größe_der_日本_kist\n"
        "    │            ^^^^^^^^^^^^^^^^^^^\n"
        "it.plan.py: 2 nodes, 1 error\n"
    )  # Two of its characters take two cells each.
    assert ended.status == 2


@pytest.mark.parametrize(
    ("text", "code", "severity", "place"),
    [
        ("def one(: return 1\n", "syntax", "error", ":"),
        ("def a(b): return b\ndef b(a): return a\n", "cycle", "error", "b"),
        ("def own(own): return own\n", "cycle", "error", "own"),
        ("def a(): return 1\ndef a(): return 2\n", "duplicate-node", "error", "a"),
        ("def a():\n    yield 1\n", "generator-node", "error", "a"),
        ("def a():\n    '''A.\n\n    After: b\n    '''\n", "unknown-node", "error", "b"),
        ("def a():\n    '''A.\n\n    Timeout: soon\n    '''\n", "bad-section", "error", "soon"),
        ("def orders(): 1\ndef b(order): 1\n", "unknown-input", "warning", "order"),
        ("def a(*rest): return rest\n", "variadic-input", "warning", "rest"),
        ("def a(量): return 量\n", "missing-input", "information", "量"),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value else "",
)
def test_a_problem_has_a_code_a_severity_and_an_exact_range(
    codeact: Codeact, text: str, code: str, severity: str, place: str
) -> None:
    codeact.plan(text)
    ended = codeact("check", "it.plan.py", "--json")
    assert words(ended.told, "file", "code", "severity") == [("it.plan.py", code, severity)]
    assert said(ended.told[0]["range"], text) == place
    assert ended.told[0].keys() == {"file", "code", "severity", "message", "range", "related"}
    assert ended.status == (2 if severity == "error" else 0)


def test_ranges_count_in_utf_16_as_the_protocol_does(codeact: Codeact) -> None:
    codeact.plan("def one(label='📦'): return label\ndef two(*, a='📦📦', 量): return a, 量\n")
    (problem,) = codeact("check", "it.plan.py", "--json").told
    assert problem["range"] == {
        "start": {"line": 1, "character": 21},
        "end": {"line": 1, "character": 22},
    }


def test_a_cycle_names_all_its_members_and_their_places(codeact: Codeact) -> None:
    plan = codeact.plan("""
        def one(three): return three
        def two(one): return one
        def three(two): return two
        def apart() -> None: send()
    """)
    (problem,) = codeact("check", "it.plan.py", "--json").told
    text = plan.read_text(encoding="utf-8")
    assert problem["message"] == "These nodes depend on each other: one, two, three."
    assert said(problem["range"], text) == "three"
    assert [said(related["range"], text) for related in problem["related"]] == ["one", "two"]


def test_a_syntax_error_leaves_the_rest_of_the_plan_readable(codeact: Codeact) -> None:
    codeact.plan(
        "def one() -> int: return 1\n\ndef two(one: return one\n\ndef three(one): return 3\n"
    )
    assert codeact("graph", "it.plan.py").out.splitlines() == ["one", "three  ←  one"]
    assert codeact("check", "it.plan.py").status == 2


@pytest.mark.parametrize("command", ["run", "fix"])
def test_a_plan_with_errors_is_not_run(codeact: Codeact, command: str) -> None:
    codeact.plan("def a(b): return b\ndef b(a): return a\ndef c(): open('ran', 'w')\n")
    ended = codeact(command, "it.plan.py")
    assert ended.out == (
        "it.plan.py:1:7: error: These nodes depend on each other: a, b. (cycle)\n"
        "  1 │ def a(b): return b\n"
        "    │       ^\n"
        "  it.plan.py:2:7: 'b' depends on 'a' here.\n"
        "it.plan.py: 3 nodes, 1 error\n"
    )
    assert ended.status == 2
    assert not (codeact.folder / "ran").exists()


def test_the_inputs_file_gives_inputs_their_values(codeact: Codeact) -> None:
    codeact.plan("def a(量): return 量\n")
    (codeact.folder / "it.plan.toml").write_text('"量" = 3\n', encoding="utf-8")
    assert codeact("check", "it.plan.py").out == "it.plan.py: 1 node, no problems\n"


def test_several_plans_are_all_checked_and_the_worst_decides(codeact: Codeact) -> None:
    codeact.plan("def a(): return 1\n", "good.plan.py")
    codeact.plan("def a(a): return a\n", "bad.plan.py")
    ended = codeact("check", "bad.plan.py", "good.plan.py", "--json")
    assert words(ended.told, "file", "code") == [("bad.plan.py", "cycle")]
    assert ended.status == 2


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_a_dash_reads_standard_input(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    data = f"{mark}def a(a): return a\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    ended = codeact("check", "-", "--json")
    assert words(ended.told, "file", "code") == [("-", "cycle")]
    assert ended.told[0]["range"]["start"] == {"line": 0, "character": 6}
    assert ended.status == 2


def test_standard_input_that_is_not_utf_8_is_refused(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n\xff")))
    ended = codeact("check", "-")
    assert (ended.status, ended.err[:38]) == (3, "codeact: -:2: byte 0xff is not UTF-8. ")


def test_a_comment_or_the_workspace_switches_problems_off(codeact: Codeact) -> None:
    codeact.plan("def a(x): return x\ndef b(y): return y  # codeact: ignore[missing-input]\n")
    (codeact.folder / "pyproject.toml").write_text(
        '[tool.codeact.problems]\nmissing-input = "error"\n', encoding="utf-8"
    )
    ended = codeact("check", "it.plan.py", "--json")
    assert words(ended.told, "code", "severity") == [("missing-input", "error")]
    assert ended.status == 2
    (codeact.folder / "pyproject.toml").write_text(
        '[tool.codeact.problems]\nmissing-input = "off"\n', encoding="utf-8"
    )
    assert codeact("check", "it.plan.py").out == "it.plan.py: 2 nodes, no problems\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            '[tool.codeact.problems]\ncylce = "off"\n',
            "[tool.codeact.problems] 'cylce' is no problem's code. Did you mean 'cycle'?",
        ),
        ('[tool.codeact]\nproblems = "off"\n', "[tool.codeact.problems] expected a table"),
        ("[tool\n", "Expected ']'"),
    ],
)
def test_a_bad_configuration_is_named(codeact: Codeact, text: str, why: str) -> None:
    codeact.plan("def a(): return 1\n")
    place = codeact.folder / "pyproject.toml"
    place.write_text(text, encoding="utf-8")
    ended = codeact("check", "it.plan.py")
    assert ended.status == 3
    assert ended.err.startswith(f"codeact: {place}: {why}")


@pytest.mark.parametrize("command", ["run", "fix"])
def test_what_cannot_run_does_not_run_for_being_played_down(codeact: Codeact, command: str) -> None:
    codeact.plan("def a(a): return a  # codeact: ignore[cycle]\ndef b(): open('ran', 'w')\n")
    (codeact.folder / "pyproject.toml").write_text(
        '[tool.codeact.problems]\nall = "off"\n', encoding="utf-8"
    )
    assert codeact("check", "it.plan.py").status == 0
    assert codeact(command, "it.plan.py").status == 2
    assert not (codeact.folder / "ran").exists()
