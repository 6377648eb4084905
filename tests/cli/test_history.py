"""`codeact history`: the last runs of a plan, and what came of them."""

import re

from tests.cli.command import Codeact

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
        "  one  N s: it has not run yet\n"
        "  two  user, N s: it has not run yet\n"
    )
    assert ended.status == 0


def test_scripts_get_an_object_a_run_and_as_many_as_they_ask_for(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    codeact.run()
    codeact.run()
    (last,) = codeact("history", "it.plan.py", "--json", "-n", "1").told
    assert (last["status"], last["counts"]) == ("failed", {"cached": 1, "failed": 1})
    assert [(call["node"], call["outcome"]) for call in last["nodes"]] == [("two", "user")]


def test_a_plan_that_never_ran_has_no_history(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    ended = codeact("history", "it.plan.py")
    assert (ended.status, ended.out) == (0, "it.plan.py: no run is remembered\n")
