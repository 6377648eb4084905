"""`codeact cache`: what is kept, why it would be reused or not, and how to get rid of it."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import Codeact

PLAN = """
def orders(region: str = "north", limit: int = 3):
    return [1, 2, 3][:limit]

def total(orders):
    return sum(orders)

def report(total):
    return f"total {total}"
"""
SAME = "its code, its inputs and the files it read are unchanged"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results of the test's own."""
    folder = tmp_path_factory.mktemp("results")
    monkeypatch.setenv("CODEACT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def ran(codeact: Codeact) -> Codeact:
    """The command, after a first run."""
    codeact.plan(PLAN)
    assert codeact.run("--input", "region=north").status == 0
    return codeact


def why(codeact: Codeact, *arguments: str) -> dict[str, tuple[str, str]]:
    """What would become of each node, and why."""
    ended = codeact("cache", "why", "it.plan.py", *arguments, "--json")
    assert ended.status == 0
    return {line["node"]: (line["fate"], line["why"]) for line in ended.told}


def test_before_the_first_run_nothing_is_reused(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    assert why(codeact) == {
        "orders": ("run", "it has not run yet"),
        "total": ("depends", "it depends on 'orders'"),
        "report": ("depends", "it depends on 'total'"),
    }


def test_it_says_what_would_be_reused_and_what_differs(ran: Codeact) -> None:
    same = ("reuse", SAME)
    given = ("--input", "region=north")
    assert why(ran, *given) == {"orders": same, "total": same, "report": same}
    assert why(ran, "orders", "--input", "region=south") == {
        "orders": ("run", "input 'region' was 'north', is 'south'")
    }
    ran.plan(PLAN.replace("sum(orders)", "sum(orders) + 1"))
    assert why(ran, *given) == {
        "orders": same,
        "total": ("run", "its code changed since it ran"),
        "report": ("depends", "it depends on 'total'"),
    }


def test_options_may_stand_before_and_after_the_node(ran: Codeact) -> None:
    told = [
        ran("cache", "why", *arguments).told
        for arguments in (
            ["it.plan.py", "total", "--json"],
            ["it.plan.py", "--json", "total"],
            ["--json", "it.plan.py", "--workers", "1", "total"],
        )
    ]
    assert [line["node"] for line in told[0]] == ["total"]
    assert told[1:] == told[:1] * 2
    ended = ran("cache", "why", "--json")
    assert ended.status == 3
    assert "the following arguments are required: FILE" in ended.err


def test_a_result_that_could_not_be_kept_is_told_with_the_file_that_changed(
    codeact: Codeact,
) -> None:
    codeact.plan("""
        from pathlib import Path

        def count() -> int:
            text = Path("count.txt").read_text()
            Path("count.txt").write_text(text + "+")
            return len(text)
    """)
    (codeact.folder / "count.txt").write_text("+", encoding="utf-8")
    free = ("--level", "off")
    codeact.run(*free)
    changed = {"count": ("run", "count.txt changed while it ran, or just before")}
    assert why(codeact, *free) == changed
    codeact.plan("def other(): ...\n", "other.plan.py")
    codeact("cache", "clear", "--plan", "other.plan.py")
    assert why(codeact, *free) == changed
    codeact("cache", "clear", "--plan", "it.plan.py")
    assert why(codeact, *free) == {"count": ("run", "it has not run yet")}


def test_asking_why_runs_nothing_and_changes_no_answer(ran: Codeact) -> None:
    (before,) = {json.dumps(why(ran)) for _ in range(3)}
    assert SAME in before  # What was given is what the default spells out.
    assert len(ran("cache", "list", "--json").told) == 3


def test_people_read_one_line_a_node(ran: Codeact) -> None:
    ended = ran("cache", "why", "it.plan.py", "--input", "region=north", "--node", "orders")
    line = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", ended.out)
    assert line == f"≡ orders  reused (made WHEN): {SAME}\n"


def test_a_plan_with_errors_and_a_node_that_is_not_there_are_refused(codeact: Codeact) -> None:
    codeact.plan("def a(b): ...\ndef b(a): ...\n")
    assert codeact("cache", "why", "it.plan.py").status == 2
    codeact.plan(PLAN)
    ended = codeact("cache", "why", "it.plan.py", "totl")
    assert (ended.status, ended.err) == (
        3,
        "codeact: The plan has no node 'totl'. Did you mean 'total'?\n",
    )


def test_the_list_tells_of_each_result_and_of_the_whole(ran: Codeact, folder: Path) -> None:
    *lines, last = ran("cache", "list").out.splitlines()
    names = [line.removeprefix(f"{ran.folder}/it.plan.py: ").split("  ")[0] for line in lines]
    assert names == ["orders", "report", "total"]
    assert re.fullmatch(
        r".*: total  int  \d+ bytes  made \d{4}-\d\d-\d\d \d\d:\d\d  used .*", lines[-1]
    )
    assert last == f"3 results of 1 plan, 12 kB of 5 GB, in {folder}"
    (total,) = [line for line in ran("cache", "list", "--json").told if line["node"] == "total"]
    assert {*total} == {"plan", "node", "type", "size", "digest", "bytes", "made", "used"}


def test_on_a_terminal_each_plan_has_a_table_and_its_whole_name(
    ran: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    plan, head, *rows = re.sub(r"\x1b\[[\d;]*m", "", ran("cache", "list").out).splitlines()
    assert plan == str(ran.folder / "it.plan.py")[: len(plan)]
    assert head.split() == ["node", "value", "size", "made", "used"]
    assert [row.split()[0] for row in rows[:-1]] == ["orders", "report", "total"]


def test_clearing_a_plan_leaves_the_others(ran: Codeact) -> None:
    ran.plan(PLAN, "other.plan.py")
    ran("run", "other.plan.py")
    assert ran("cache", "clear", "--plan", "it.plan.py").out == "removed 3 results, 0 bytes\n"
    assert {line["plan"] for line in ran("cache", "list", "--json").told} == {
        str(ran.folder / "other.plan.py")
    }
    assert ran("cache", "clear").out == "removed 3 results, 12 kB\n"
    assert ran.run().became == {"orders": "succeeded", "total": "succeeded", "report": "succeeded"}


def test_a_plan_that_is_not_there_has_nothing_to_clear(ran: Codeact) -> None:
    ended = ran("cache", "clear", "--plan", "itt.plan.py")
    known = ran.folder / "it.plan.py"
    assert (ended.status, ended.out) == (3, "")
    assert ended.err == (
        "codeact: itt.plan.py: there is no such file, and no result of it. "
        f"Did you mean '{known}'?\n"
    )
    known.unlink()
    assert ran("cache", "clear", "--plan", "it.plan.py").out == "removed 3 results, 12 kB\n"


def test_clearing_by_age_spares_what_is_younger(ran: Codeact) -> None:
    assert ran("cache", "clear", "--older-than", "30d").out == "removed 0 results, 0 bytes\n"
    assert ran("cache", "clear", "--older-than", "0 s").out == "removed 3 results, 12 kB\n"


@pytest.mark.parametrize("age", ["30", "d", "-1d", "1.5 h", "1 month"])
def test_an_age_that_is_none_is_refused(codeact: Codeact, age: str) -> None:
    ended = codeact("cache", "clear", f"--older-than={age}")
    assert ended.status == 3
    assert f"expected an age such as 30d or 12h, not '{age}'" in ended.err


def test_a_folder_that_cannot_be_used_is_told(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEACT_CACHE_DIR", "/dev/null/results")
    ended = codeact("cache", "list")
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.startswith("codeact: the folder of results /dev/null/results cannot be used: ")


def test_the_size_that_the_environment_allows_is_held_after_each_run(
    ran: Codeact, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("CODEACT_CACHE_SIZE", "10 KB")
    ran("run", "it.plan.py", "--no-cache")
    last = ran("cache", "list").out.splitlines()[-1]
    assert last == f"2 results of 1 plan, 8.2 kB of 10 kB, in {folder}"


def test_a_size_that_is_none_is_told_and_the_default_holds(
    ran: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEACT_CACHE_SIZE", "12 apples")
    ended = ran("run", "it.plan.py")
    assert ended.status == 0
    assert ended.err == (
        "codeact: CODEACT_CACHE_SIZE is '12 apples'; it has to be a size such as 2 GB. "
        "Until then it is 5 GB.\n"
    )


def test_without_a_home_to_write_to_a_plan_still_runs(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    codeact.plan(PLAN)
    for name in ("CODEACT_CACHE_DIR", "CODEACT_DATA_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/proc/nobody")
    ended = codeact("run", "it.plan.py")
    assert ended.status == 0
    results, key = ended.err.splitlines()[::-1]
    assert results.startswith("codeact: The folder of results /proc/nobody/.cache/codeact-lsp ")
    assert key.startswith("codeact: The key of your results cannot be kept in /proc/nobody/")
