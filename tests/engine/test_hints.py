"""What earlier runs suggest to change in a plan, and with which numbers."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.engine.hints import CODES, Hint, hints
from codeact_lsp.engine.history.history import Record
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Blob, Effect, Result
from codeact_lsp.plan import Plan, Severity
from tests.engine.running import marked, run_plan

NOTHING_SEEN = Result(Blob("aa", 1))


def suggested(
    text: str,
    calls: Mapping[str, Iterable[dict[str, Any]]],
    results: Mapping[str, Result] | None = None,
    workers: int = 4,
) -> list[Hint]:
    """The hints of a plan whose nodes were called like that, the latest call first."""
    plan = Plan.from_text(marked(text)[0])
    keys = plan.code_keys
    told = {
        node: [Record(node, **{"key": keys[node], "run": str(n)} | call)
               for n, call in enumerate(of_node)]
        for node, of_node in calls.items()
    }  # fmt: skip
    return hints(plan, told, results, workers)


def check_one(found: list[Hint], text: str, code: str, message: str) -> Hint:
    """There is one hint, at the marked place."""
    (hint,) = found
    _, (place,) = marked(text)
    assert (hint.code, hint.message, hint.span) == (code, message, place)
    return hint


SLOW = """
    def load() -> int: return 1
    def «fit»(load: int) -> int: return load
    def report(fit: int) -> int: return fit
"""


def test_a_node_that_takes_most_of_a_run_while_workers_idle() -> None:
    calls = {"load": [{"wall": 1.0}], "fit": [{"wall": 8.0, "cpu": 8.0}], "report": [{"wall": 1.0}]}
    hint = check_one(
        suggested(SLOW, calls),
        SLOW,
        "slow-node",
        "Node 'fit' takes 8.0 s of the 10.0 s that a run takes, and 3 of 4 workers have 24.0 s "
        "with nothing to do meanwhile. Split it into nodes that can run at once.",
    )
    assert hint.evidence == {"seconds": 8.0, "cpu": 8.0, "total": 10.0, "idle": 24.0, "workers": 4}


def test_a_node_that_fails_keeps_a_worker_busy_like_any_other() -> None:
    text = "def load() -> int: return 1\ndef check() -> int: raise ValueError\n"
    failing: list[dict[str, Any]] = [{"wall": 1.6, "outcome": "error"}]
    assert suggested(text, {"load": [{"wall": 1.5}], "check": failing}, workers=2) == []
    (hint,) = suggested(text, {"load": [{"wall": 8.0}], "check": failing}, workers=2)
    assert hint.message.startswith("Node 'load' takes 8.0 s of the 8.0 s that a run takes,")
    assert hint.evidence["idle"] == pytest.approx(6.4)


def test_what_nobody_knows_of_nodes_that_never_ran_is_not_claimed() -> None:
    (hint,) = suggested(SLOW, {"load": [{"wall": 1.0}], "fit": [{"wall": 8.0}]})
    assert (
        "8.0 s of the 9.0 s that the nodes take together that have run so far, and" in hint.message
    )


def test_a_slow_node_that_mostly_waits_says_so() -> None:
    (hint,) = suggested(SLOW, {"fit": [{"wall": 8.0, "cpu": 0.5}]})
    assert "It computes for 500 ms of that and waits otherwise." in hint.message


@pytest.mark.parametrize(
    ("calls", "workers"),
    [
        ({"fit": [{"wall": 8.0}]}, 1),
        ({"fit": [{"wall": 8.0, "cpu": 16.0}]}, 4),
        ({"fit": [{"wall": 0.8}]}, 4),
        ({"load": [{"wall": 9.0, "cpu": 30.0}], "fit": [{"wall": 8.0}]}, 4),
    ],
    ids=["no other worker", "parallel from within", "fast enough", "not most of the run"],
)
def test_a_slow_node_without_anything_to_gain_is_left_alone(
    calls: dict[str, list[dict[str, Any]]], workers: int
) -> None:
    assert suggested(SLOW, calls, workers=workers) == []


def test_workers_that_have_other_nodes_to_run_do_not_idle() -> None:
    text = "".join(f"def n{number}() -> int: return {number}\n" for number in range(8))
    assert suggested(text, {f"n{number}": [{"wall": 8.0}] for number in range(8)}) == []


AFTER = '''
    def archive() -> int: return 1

    def total() -> int:
        """Total.

        After: «archive»
        """
        return 2
'''
TWO_SECONDS = {"archive": [{"wall": 2.0, "cpu": 4.0}], "total": [{"wall": 2.0, "cpu": 4.0}]}


def test_an_after_that_makes_a_run_longer_and_that_nothing_seems_to_need() -> None:
    hint = check_one(
        suggested(AFTER, TWO_SECONDS, {"archive": NOTHING_SEEN}),
        AFTER,
        "needless-after",
        "Node 'total' takes nothing from 'archive', which was not seen to leave anything behind "
        "either; to wait for it makes a run 2.0 s longer. Remove it from 'After:' if the order "
        "does not matter.",
    )
    assert hint.evidence == {"seconds": 2.0, "total": 4.0, "workers": 4}


def test_an_after_of_a_node_that_wrote_or_of_which_nothing_is_known_may_be_needed() -> None:
    wrote = Result(Blob("aa", 1), effects=(Effect("writes", "out.csv"),))
    assert suggested(AFTER, TWO_SECONDS, {"archive": wrote}) == []
    assert suggested(AFTER, TWO_SECONDS) == []


def test_an_after_that_costs_nothing_may_stay() -> None:
    seen = {"archive": NOTHING_SEEN}
    assert suggested(AFTER, TWO_SECONDS, seen, workers=1) == []
    shared = AFTER.replace("return 1", '"""A.\n\n        Uses: disk\n        """').replace(
        "«archive»", "archive\n        Uses: disk"
    )
    assert suggested(shared, TWO_SECONDS, seen) == []


LARGE = """
    def «orders»() -> object: return 1
    def total(orders) -> object: return orders["amount"].sum()
    def days(orders) -> object: return {USE}
"""


@pytest.mark.parametrize(
    ("use", "parts"),
    [
        ("len(orders)", "['amount'] and its length"),
        ("orders.day.max()", "['amount'] and .day"),
        ("orders['amount'] * 2", "['amount']"),
    ],
)
def test_a_large_value_of_which_little_is_used(use: str, parts: str) -> None:
    text = LARGE.replace("{USE}", use)
    hint = check_one(
        suggested(text, {"orders": [{"size": 200_000_000}]}),
        text,
        "large-value",
        f"The value of 'orders' takes 200 MB, of which 'total', 'days' use only {parts}. Return "
        "only that, and less has to be stored and loaded.",
    )
    assert hint.evidence["bytes"] == 200_000_000


@pytest.mark.parametrize(
    "use",
    ["orders", "orders.copy()", "print(orders)", "orders[1:]", "[orders.a, orders.b]", "1"],
)
def test_a_large_value_that_may_be_used_as_a_whole_is_left_alone(use: str) -> None:
    text = LARGE.replace("{USE}", use)
    assert suggested(text, {"orders": [{"size": 200_000_000}]}) == []
    assert suggested(LARGE.replace("{USE}", "len(orders)"), {"orders": [{"size": 4_000}]}) == []


STALE = "def «quotes»() -> int: return 1\n"


def test_a_result_that_is_never_reused_says_why() -> None:
    why = "it used the clock when it ran: say Cache: on to reuse its value"
    hint = check_one(
        suggested(STALE, {"quotes": [{"wall": 2.0, "cpu": 4.0, "why": why}] * 3}),
        STALE,
        "never-reused",
        "Node 'quotes' ran 3 times with the same code, 6.0 s in all, and its result was never "
        f"reused. The last time: {why}.",
    )
    assert hint.evidence == {"calls": 3, "seconds": 6.0, "why": why}


@pytest.mark.parametrize(
    "call",
    [
        {"reused": 1},
        {"wall": 0.01},
        {"why": "results are not to be reused"},
        {"why": "its docstring says Cache: off"},
        {"run": "the same"},
        {"key": "of older code"},
        {"outcome": "timeout"},
    ],
    ids=str,
)
def test_a_result_that_is_reused_or_never_meant_to_be_is_left_alone(call: dict[str, Any]) -> None:
    usual = {"wall": 2.0, "cpu": 4.0, "why": "input 'day' was 1, is 2"}
    assert suggested(STALE, {"quotes": [usual | call] * 3}) == []


def test_a_hint_is_a_problem_of_the_least_severity_whose_data_holds_the_evidence() -> None:
    (hint,) = suggested(SLOW, {"fit": [{"wall": 8.0}]})
    problem = hint.problem
    assert (problem.code, problem.severity) == ("slow-node", Severity.HINT)
    assert problem.data == {"node": "fit", "evidence": hint.evidence}


def test_every_code_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "problems.md"
    documented = page.read_text(encoding="utf-8")
    assert not {code for code in CODES if f"### `{code}`" not in documented}


@pytest.mark.asyncio(loop_scope="module")
async def test_the_history_of_real_runs_is_what_hints_are_made_from(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
        import time

        def «slow»() -> float:
            time.sleep(0.4)
            return time.time()
    """
    for _ in range(3):
        ran = await run_plan(engine, tmp_path, text)
    calls = engine.history.calls_of_plan(tmp_path / "it.plan.py")
    (hint,) = hints(ran.plan, calls, ran.results)
    assert (hint.code, ran.text(hint.span)) == ("never-reused", "slow")
    assert hint.evidence["calls"] == 3
