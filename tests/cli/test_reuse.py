"""What a second run takes from the first: all that is unchanged, and nothing else."""

import pytest

from tests.cli.command import Codeact

PLAN = '''
    from pathlib import Path

    FACTOR = 2


    def numbers(numbers_txt: Path = Path("numbers.txt")) -> list[int]:
        return [int(line) for line in numbers_txt.read_text().split()]


    def _scaled(number: int) -> int:
        return FACTOR * number


    def doubled(numbers: list[int]) -> list[int]:
        """Twice as many."""
        return [_scaled(number) for number in numbers]


    def total(doubled: list[int]) -> int:
        return sum(doubled)


    def count(numbers: list[int]) -> int:
        return len(numbers)
'''
ALL = {"numbers", "doubled", "total", "count"}


@pytest.fixture
def ran(codeact: Codeact) -> Codeact:
    """The command, after a first run of the plan."""
    codeact.plan(PLAN)
    (codeact.folder / "numbers.txt").write_text("1 2 3", encoding="utf-8")
    assert set(codeact.run().became.values()) == {"succeeded"}
    return codeact


def rerun(codeact: Codeact, *arguments: str) -> set[str]:
    """The nodes that a run runs again; all others are reused, and none fails."""
    ended = codeact.run(*arguments)
    assert ended.status == 0
    assert ended.became.keys() == ALL
    assert set(ended.became.values()) <= {"succeeded", "cached"}
    return {name for name, what in ended.became.items() if what == "succeeded"}


def edited(codeact: Codeact, old: str, new: str) -> None:
    """Change the plan."""
    path = codeact.folder / "it.plan.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_run_runs_nothing(ran: Codeact) -> None:
    assert rerun(ran) == set()


def test_without_the_cache_all_run_again_and_again(ran: Codeact) -> None:
    assert rerun(ran, "--no-cache") == ALL
    assert rerun(ran, "--no-cache") == ALL


def test_people_are_told_why_a_node_did_not_run(ran: Codeact) -> None:
    told = ran("run", "it.plan.py", "--node", "count").out
    (count,) = [line for line in told.splitlines() if line.startswith("≡ count  int  (reused: ")]
    assert count.endswith("unchanged)")
    assert "done: 2 reused" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FACTOR = 2\n", "FACTOR = 2  # not 3\n"),
        ('"""Twice as many."""', '"""Two times as many."""'),
        (
            "    return sum(doubled)",
            "    # All together.\n\n    return (\n        sum(doubled)\n    )",
        ),
        ("def _scaled", "\n\n\ndef _scaled"),
        ("FACTOR = 2\n", "FACTOR = 0x2\n"),
    ],
    ids=["comment", "docstring", "layout", "blank lines", "spelling of a number"],
)
def test_an_edit_that_changes_no_code_runs_nothing(ran: Codeact, old: str, new: str) -> None:
    edited(ran, old, new)
    assert rerun(ran) == set()


def test_an_edited_helper_runs_what_reaches_it(ran: Codeact) -> None:
    edited(ran, "FACTOR * number", "FACTOR * number + 1")
    assert rerun(ran) == {"doubled", "total"}


def test_an_edited_constant_runs_what_reaches_it_through_a_helper(ran: Codeact) -> None:
    edited(ran, "FACTOR = 2", "FACTOR = 3")
    assert rerun(ran) == {"doubled", "total"}


def test_a_node_whose_input_came_out_the_same_is_reused_even_if_what_made_it_ran(
    ran: Codeact,
) -> None:
    edited(ran, "FACTOR * number", "number * FACTOR")
    assert rerun(ran) == {"doubled"}


def test_an_undone_edit_runs_nothing(ran: Codeact) -> None:
    edited(ran, "FACTOR = 2", "FACTOR = 3")
    assert rerun(ran) == {"doubled", "total"}
    edited(ran, "FACTOR = 3", "FACTOR = 2")
    assert rerun(ran) == set()


def test_a_changed_file_runs_what_read_it_and_what_its_value_changes(ran: Codeact) -> None:
    (ran.folder / "numbers.txt").write_text("4 5 6", encoding="utf-8")
    ended = ran.run()
    assert ended.became == {
        "numbers": "succeeded",
        "doubled": "succeeded",
        "total": "succeeded",
        "count": "succeeded",
    }
    (why,) = {event["why"] for event in ended.events("NodeStarted") if event["node"] == "numbers"}
    assert why == "numbers.txt has changed"


def test_another_input_runs_what_takes_it(ran: Codeact) -> None:
    (ran.folder / "same.txt").write_text("1 2 3", encoding="utf-8")
    assert rerun(ran, "--input", "numbers_txt=same.txt") == {"numbers"}


def test_a_failed_node_runs_again_and_what_succeeded_before_it_does_not(ran: Codeact) -> None:
    edited(ran, "return len(numbers)", "return numbers.length")
    assert ran.run().became["count"] == "failed"
    again = ran.run()
    assert again.became == {
        "numbers": "cached",
        "doubled": "cached",
        "total": "cached",
        "count": "failed",
    }


def test_a_node_that_asks_not_to_be_kept_runs_each_time(codeact: Codeact) -> None:
    codeact.plan('''
        import time

        def now() -> float:
            """The time.

            Cache: off
            """
            return time.time()
    ''')
    assert codeact.run().became == {"now": "succeeded"}
    assert codeact.run().became == {"now": "succeeded"}


def test_a_node_that_used_the_clock_says_so_and_runs_each_time(codeact: Codeact) -> None:
    codeact.plan("""
        import time

        def now() -> float:
            return time.time()
    """)
    first = codeact("run", "it.plan.py").out
    assert "; runs each time (clock))" in first
    again = codeact.run()
    assert again.became == {"now": "succeeded"}
    (made,) = again.events("NodeSucceeded")
    assert made["result"]["effects"] == [{"kind": "clock", "detail": "time.time"}]
    (started,) = again.events("NodeStarted")
    assert started["why"] == "it used the clock when it ran: say Cache: on to reuse its value"


def test_one_at_a_time_or_together_the_results_are_equal(ran: Codeact) -> None:
    together = ran.run("--no-cache", "--mode", "parallel", "--workers", "4")
    alone = ran.run("--no-cache", "--mode", "sequential")
    assert alone.previews == together.previews
    assert _digests(alone.events("NodeSucceeded")) == _digests(together.events("NodeSucceeded"))


def _digests(events: list[dict[str, dict[str, str]]]) -> dict[str, str]:
    return {str(event["node"]): event["result"]["digest"] for event in events}


def test_one_at_a_time_no_node_starts_before_the_one_before_it_has_ended(ran: Codeact) -> None:
    ended = ran.run("--no-cache", "--mode", "sequential")
    running = 0
    for event in ended.told:
        running += (event["event"] == "NodeStarted") - (event["event"] == "NodeSucceeded")
        assert running <= 1
