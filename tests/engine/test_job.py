"""What a run is made of: targets, what leads to them, and what must be known beforehand."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.engine.choosing import PlanError, UnknownNodeError, make_job, runnable, select
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.validity import validity_keys
from codeact_lsp.engine.run.messages import Task
from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Plan

DIAMOND = Plan.from_text(
    """
def a(): ...
def b(a): ...
def c(a): ...
def d(b, c): ...
def e(): ...
"""
)


def job(text: str, *wanted: str, **settings: Any) -> Job:
    plan = Plan.from_text(text)
    return make_job(plan, Path("/x.plan.py"), select(plan, wanted), **settings)


def test_all_nodes_are_targets_unless_some_are_named() -> None:
    assert select(DIAMOND) == ("a", "b", "c", "d", "e")
    assert select(DIAMOND, ["c", "a"]) == ("c", "a")


def test_what_follows_from_the_named_nodes_can_be_added() -> None:
    assert select(DIAMOND, ["b"], downstream=True) == ("b", "d")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ordres", "The plan has no node 'ordres'. Did you mean 'orders'?"),
        ("nothing_like_it", "The plan has no node 'nothing_like_it'."),
    ],
)
def test_an_unknown_node_is_an_error_with_the_nearest_name(name: str, message: str) -> None:
    with pytest.raises(UnknownNodeError) as raised:
        select(Plan.from_text("def orders(): ...\n"), [name])
    assert str(raised.value) == message


def test_a_job_holds_what_leads_to_its_targets_in_an_order_that_can_be_run() -> None:
    made = make_job(DIAMOND, Path("/x.plan.py"), ("d",))
    assert made.nodes == ("a", "b", "c", "d")
    assert made.targets == ("d",)


def test_a_plan_with_an_error_is_not_run_and_all_errors_are_told() -> None:
    with pytest.raises(PlanError) as raised:
        job("def a(b): ...\ndef b(a): ...\ndef c(: ...\n")
    assert {problem.code for problem in raised.value.problems} == {"cycle", "syntax"}
    assert str(raised.value) == raised.value.problems[0].message


def test_an_input_without_a_value_is_an_error_if_a_node_on_the_way_needs_it() -> None:
    text = "def a(rate): ...\ndef b(a): ...\ndef c(): ...\n"
    with pytest.raises(InputError) as raised:
        job(text, "b")
    assert "'a'" in str(raised.value)
    assert "--input rate=VALUE" in str(raised.value)
    assert job(text, "b", inputs={"rate": None}).nodes == ("a", "b")
    assert job(text, "c").nodes == ("c",)


def test_an_input_that_is_like_a_node_is_suspected_to_be_one() -> None:
    with pytest.raises(InputError, match="Did you mean the node 'orders'"):
        job("def orders(): ...\ndef total(ordres): ...\n")


def test_a_node_that_takes_more_values_than_can_be_passed_is_refused_before_the_run() -> None:
    names = [f"n{number}" for number in range(241)]
    text = "".join(f"def {name}(): ...\n" for name in names) + "def all_of_them({}): ...\n"
    assert len(job(text.format(", ".join(names[:240]))).nodes) == 242
    with pytest.raises(InputError, match="'all_of_them' takes the values of 241 nodes"):
        job(text.format(", ".join(names)))


def test_the_nodes_that_can_be_run_are_those_whose_inputs_are_known() -> None:
    plan = Plan.from_text("def a(rate): ...\ndef b(a): ...\ndef c(n=1): ...\ndef d(b, c): ...\n")
    assert runnable(plan, {}) == ("c",)
    assert runnable(plan, {"rate": 2}) == ("a", "b", "c", "d")


def test_the_state_of_a_run_is_told_what_the_docstrings_ask() -> None:
    made = job(
        '''
def fetch():
    """Fetch.

    Retries: 2
    Wait: until 2026-12-01T09:00+00:00
    Wait: until 2026-11-01T09:00+00:00
    """

def train(fetch):
    """Train.

    Uses: warehouse, gpu:2
    Wait: 5 s after fetch
    """

def report(train): ...
''',
    )
    assert made.tasks() == [
        Task("fetch", length=3, earliest=1796115600.0, retries=2),
        Task(
            "train",
            dependencies=("fetch",),
            length=2,
            resources=(("warehouse", None), ("gpu", 2)),
            delays=(("fetch", 5.0),),
        ),
        Task("report", dependencies=("train",), length=1),
    ]


def test_the_length_of_a_path_counts_only_what_is_run() -> None:
    made = make_job(DIAMOND, Path("/x.plan.py"), ("b",))
    assert {task.name: task.length for task in made.tasks()} == {"a": 2, "b": 1}


PLAN = "RATE = 1\ndef a(n=1, m=2): return RATE * n\ndef b(a): return a\ndef c(): return 3\n"


def key(text: str = PLAN, **changes: Any) -> str:
    """The key of a call of `a`."""
    file = changes.pop("file", "/x.plan.py")
    settings = {"digests": {"x": "1"}, "carried": (), "interpreter": "python"} | changes
    inputs = settings.pop("inputs", {})
    plan = Plan.from_text(text)
    return Job(plan, Path(file), ("a",), ("a",), inputs=inputs).call_parts("a", **settings).key


@pytest.mark.parametrize(
    "changes",
    [
        {"text": PLAN.replace("RATE = 1", "RATE = 2")},
        {"text": PLAN.replace("n=1", "n=2")},
        {"digests": {"x": "2"}},
        {"digests": {"y": "1"}},
        {"interpreter": "another"},
        {"file": "/y.plan.py"},
        {"inputs": {"n": 2}},
        {"inputs": {"n": 1.0}},
        {"inputs": {"n": True}},
        {"inputs": {"n": "1"}},
        {"inputs": {"m": 1}},
        {"inputs": {"n": [1, {"x": None}]}},
        {"inputs": {"n": "\ud800"}},
    ],
)
def test_a_call_has_another_key_when(changes: dict[str, Any]) -> None:
    assert key(**changes) != key()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": PLAN + "# For people.\n"},
        {"text": PLAN.replace("return 3", "return 4")},
        {"inputs": {"c": 5, "nobody": 6}},
        {"inputs": {"n": 1}},
    ],
)
def test_a_call_has_the_same_key_when(changes: dict[str, Any]) -> None:
    assert key(**changes) == key()


def test_what_was_seen_of_a_node_holds_until_it_or_something_above_it_changes() -> None:
    keys = validity_keys(Plan.from_text(PLAN), {})
    changed = validity_keys(Plan.from_text(PLAN.replace("RATE = 1", "RATE = 2")), {})
    assert {name for name, old in keys.items() if changed[name] != old} == {"a", "b"}
    given = validity_keys(Plan.from_text(PLAN), {"n": 5, "nobody": 6})
    assert {name for name, old in keys.items() if given[name] != old} == {"a", "b"}
    assert validity_keys(Plan.from_text("# Above.\n" + PLAN), {}) == keys


def test_what_a_cycle_holds_back_has_no_key() -> None:
    plan = Plan.from_text("def a(b): ...\ndef b(a): ...\ndef c(a): ...\ndef d(): ...\n")
    assert set(validity_keys(plan, {})) == {"d"}


def test_no_more_is_imported_ahead_than_a_process_can_be_told_of() -> None:
    few = job("import json\nasync def b(): ...\n")
    assert few.preload == ("asyncio", "json")
    names = [f"package_{number:04}_{'é' * 30}" for number in range(3_000)]
    many = job("def a():\n" + "".join(f"    import {name}\n" for name in names))
    assert many.preload == tuple(names[: len(many.preload)])
    assert 100 < len(many.preload) < len(names)
    subprocess.run([sys.executable, "-c", "", json.dumps(many.preload)], check=True)


def test_a_module_beside_the_plan_is_not_taken_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "beside.py").touch()
    (tmp_path / "folder").mkdir()
    plan = Plan.from_text("import beside, folder.inner\ndef a(): import installed\n")
    made = make_job(plan, tmp_path / "x.plan.py", select(plan))
    assert made.preload == ("installed",)
