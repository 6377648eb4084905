"""`codeact history`: the last runs of a plan, and what came of them."""

import re

import pytest

from tests.cli.command import Codeact, words

PLAN = """
    def one() -> int:
        return 1

    def two(one: int) -> int:
        return one / 0
"""
WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def test_the_runs_of_a_plan_are_told_the_newest_first(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run()
    codeact.run("--node", "one")
    ended = codeact("history", "it.plan.py")
    assert WHEN.sub("WHEN", ended.tidy) == (
        "WHEN  done  1 reused, N s\n"
        "WHEN  failed  1 failed, 1 ran, N s\n"
        "  one  N ms: it has not run yet\n"
        "  two  failed after N ms at it.plan.py:5:12: ZeroDivisionError: division by zero\n"
    )
    assert ended.status == 0


def test_scripts_get_an_object_a_run_and_as_many_as_they_ask_for(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run()
    codeact.run()
    (last,) = codeact("history", "it.plan.py", "--json", "-n", "1").told
    assert (last["status"], last["counts"]) == ("failed", {"cached": 1, "failed": 1})
    assert words(last["nodes"], "node", "outcome", "error", "place") == [
        ("two", "user", "ZeroDivisionError: division by zero", "5:12")
    ]


def test_what_a_failure_says_is_remembered_as_one_line_that_steers_no_terminal(
    codeact: Codeact,
) -> None:
    codeact.plan('def one() -> int:\n    raise ValueError("\\x1b[2J" + "y" * 900 + "\\nmore")\n')
    codeact.run()
    (call,) = codeact("history", "it.plan.py", "--json").told[0]["nodes"]
    assert call["error"] == "ValueError: \x1b[2J" + "y" * 284
    assert "at it.plan.py:2:5: ValueError: \\x1b[2Jyyy" in codeact("history", "it.plan.py").out


@pytest.mark.parametrize("number", ["0", "-3", "x", "²"])
def test_a_number_of_runs_that_is_none_is_refused(codeact: Codeact, number: str) -> None:
    codeact.plan(PLAN)
    ended = codeact("history", "it.plan.py", f"-n={number}")
    assert (ended.status, ended.out) == (3, "")
    assert "expected a number above 0" in ended.err


def test_a_plan_that_never_ran_has_no_history(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    ended = codeact("history", "it.plan.py")
    assert (ended.status, ended.out) == (0, "it.plan.py: no run is remembered\n")
