"""What ruff finds in a plan: on exact places, by rules of ours alone, in words that only advise."""

import re
from pathlib import Path

import pytest

from codeact_lsp.plan import Plan, Severity
from codeact_lsp.safety import added, advice, findings
from codeact_lsp.sandbox.levels import Level
from tests.carets import dedent
from tests.safety.finding import check_found, codes


def test_calls_are_found_by_whatever_name() -> None:
    check_found("""
        import os as o
        from os import system as s
                       ^^^^^^ withheld-right os.system
        import asyncio, concurrent.futures as cf

        def f(command: str):
            o.popen(command)
            ^^^^^^^ withheld-right os.popen
            s(command)
            ^ S605
            cf.ProcessPoolExecutor()
            ^^^^^^^^^^^^^^^^^^^^^^ withheld-right concurrent.futures.ProcessPoolExecutor
            return eval(command)
                   ^^^^^^^^^^^^^ S307

        async def g():
            await asyncio.open_connection("example.com", 80)
                  ^^^^^^^^^^^^^^^^^^^^^^^ withheld-right asyncio.open_connection
    """)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_places_count_characters_whatever_the_text_is_made_of(newline: str) -> None:
    check_found(
        """
        # é 📦
        def größe(x): "\x0c 📦📦"; return eval(x), "é", exec(x)
                                     ^^^^^^^ S307
                                                   ^^^^ S102
        """,
        newline=newline,
    )


def test_a_byte_order_mark_moves_nothing() -> None:
    plan = Plan.from_text("\ufeffimport pickle; pickle.loads(b'')\nexec('')\n")
    spoken = [plan.source.text[one.span.start : one.span.end] for one in advice(plan)]
    assert spoken == ["pickle.loads(b'')", "exec"]


def test_a_text_with_a_lone_surrogate_is_read_as_well() -> None:
    text = "def a(): return '\\ud800'  # \ud800\n\ndef b(x): return eval(x)\n"
    (found,) = advice(Plan.from_text(text))
    assert text[found.span.start : found.span.end] == "eval(x)"


def test_what_does_not_parse_hides_nothing_else() -> None:
    check_found("""
        def a(x): return eval(x)
                         ^^^^^^^ S307
        def b(: return eval("1")

        def c(x):
            return (
                eval(x)

        def d(x): return eval(x)
                         ^^^^^^^ S307
    """)


def test_neither_a_comment_for_ruff_nor_a_file_of_its_settings_silences_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ruff.toml").write_text("exclude = ['*']\nlint.ignore = ['ALL']\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUFF_CONFIG", str(tmp_path / "ruff.toml"))
    text = "# ruff: noqa\ndef a(x): return eval(x)  # noqa: S307\n"
    assert codes(text) == ["S307"]


def test_what_a_level_gives_is_not_held_against_a_plan() -> None:
    text = """
        import os, socket, subprocess
        def a(): return os.getpid(), os.fork()
    """
    network, processes = "withheld-right", "withheld-right"
    assert codes(text, Level.STRICT) == [network, processes, "withheld-right"]
    assert codes(text, Level.STANDARD) == codes(text, Level.WRITE) == [network]
    assert codes(text, Level.NETWORK) == codes(text, Level.OFF) == []


def test_a_plan_that_asks_for_a_right_is_not_told_that_it_lacks_it() -> None:
    text = """
        import os
        def a():
            '''A.

            Needs: processes
            '''
            return os.fork()
    """
    assert codes(text) == []


def test_rules_that_say_little_of_a_plan_are_left_out() -> None:
    assert (
        codes("""
        import random

        def a(n: int):
            assert n > 0
            try:
                n = random.randint(0, n)
            except ValueError:
                pass
            return open("/tmp/a"), n
    """)
        == []
    )


def test_it_is_worded_as_advice_with_a_page_to_read() -> None:
    text = (
        "import subprocess, urllib.request as u\n"
        "def a(x): return subprocess.run('ls', shell=True), eval(x), u.urlopen(x)\n"
    )
    found = advice(Plan.from_text(text), Level.OFF)
    assert {one.severity for one in found} == {Severity.INFORMATION}
    assert [one.message for one in found if one.code in {"S307", "S602"}] == [
        "Worth a look: `subprocess` call with `shell=True`: consider rewriting without `shell`.",
        ("Worth a look: Use of possibly insecure function; consider using `ast.literal_eval`."),
    ]
    assert not [one.message for one in found if one.message.endswith("..")]
    assert all(re.match(r"https://docs\.astral\.sh/ruff/rules/", one.data["link"]) for one in found)
    assert not [one for one in found if re.search(r"\bsafe\b", one.message)]


def test_what_an_edit_adds_is_told_from_what_was_there() -> None:
    before = "def a(x): return eval(x)\n"
    moved = "\n\ndef a(text): return [eval(text)]\n"
    worse = "import socket\ndef a(x): return eval(eval(x))\n"
    was, same, more = (findings(Plan.from_text(text)) for text in (before, moved, worse))
    assert added(was, same) == []
    assert [found.code for found in added(was, more)] == ["withheld-right", "S307"]


def test_of_thousands_of_findings_only_the_first_are_shown() -> None:
    text = "def a(x):\n" + "    eval(x)\n" * 2000
    plan = Plan.from_text(dedent(text))
    assert (len(advice(plan)), len(findings(plan))) == (500, 2000)
