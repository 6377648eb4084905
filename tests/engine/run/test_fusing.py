"""Cheap nodes in a row share a process, and nobody can tell from what comes of them."""

import json
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.executors.chain import read_outcomes
from codeact_lsp.engine.history.estimates import Estimates
from codeact_lsp.engine.history.history import Record
from codeact_lsp.engine.run.chains import chains
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Result, Usage
from codeact_lsp.plan import Plan
from tests.engine.running import Ran, run_plan

GRAPHS = int(os.environ.get("CODEACT_FUZZ_GRAPHS", "100"))
PLANS = int(os.environ.get("CODEACT_FUZZ_CHAINS", "6"))
FILE = Path("/plans/it.plan.py")
in_processes = pytest.mark.asyncio(loop_scope="module")
CHAIN = """
def a(n: int = 0): return n + 1
def b(a): return [a, a]
def c(b): return sum(b)
def d(c): return {"c": c}
"""


def fused(
    text: str, cpu: float = 0.01, reused: frozenset[str] = frozenset(), **chosen: Any
) -> set[tuple[str, ...]]:
    """The chains of a plan whose nodes took so many seconds of processor time."""
    plan = Plan.from_text(text)
    known = Estimates({name: Record(name, "", cpu=cpu) for name in plan.nodes})
    return set(chains(make_job(plan, FILE, select(plan), **chosen), known, reused))


def test_cheap_nodes_in_a_row_are_fused() -> None:
    assert fused(CHAIN) == {("a", "b", "c", "d")}


def test_nodes_that_are_dear_or_unknown_are_not() -> None:
    assert fused(CHAIN, cpu=0.5) == set()
    plan = Plan.from_text(CHAIN)
    assert chains(make_job(plan, FILE, select(plan)), Estimates(), set()) == ()


def test_where_lines_are_recorded_nothing_is_fused() -> None:
    assert fused(CHAIN, lines=True) == set()


def test_what_has_less_time_than_a_chain_may_take_is_not_fused() -> None:
    assert fused(CHAIN, timeout=0.5) == set()
    assert fused(CHAIN, timeout=60) == {("a", "b", "c", "d")}


def test_a_chain_ends_where_paths_part_or_meet() -> None:
    forked = "def a(): return 1\ndef b(a): return a\ndef c(b): return b\ndef d(b): return b\n"
    assert fused(forked) == {("a", "b")}
    joined = "def a(): return 1\ndef b(): return 2\ndef c(a, b): return a\ndef d(c): return c\n"
    assert fused(joined) == {("c", "d")}
    # What is there already is waited for by nobody.
    assert fused(joined, reused=frozenset("b")) == {("a", "c", "d")}


def test_a_long_chain_is_cut() -> None:
    lines = ["def n0(): return 0", *(f"def n{i}(n{i - 1}): return n{i - 1}" for i in range(1, 65))]
    assert sorted(map(len, fused("\n".join(lines)))) == [32, 32]


@settings(max_examples=GRAPHS)
@given(st.randoms(use_true_random=True))
def test_in_a_chain_each_node_waits_for_the_one_before_it_and_for_no_other(random: Random) -> None:
    text = random_plan(random)
    graph = Plan.from_text(text).graph
    found = fused(text)
    links = [name for chain in found for name in chain]
    assert len(links) == len(set(links))
    for before, after in [pair for chain in found for pair in pairwise(chain)]:
        assert list(graph.dependencies(after)) == [before]
        assert [name for name in graph.order if before in graph.dependencies(name)] == [after]


@pytest.mark.parametrize(
    "line", ["Timeout: 5 s", "Retries: 1", "Memory: 1 GB", "Uses: disk", "Cache: off",
             "Wait: 1 s after a", "Needs: network x.org"],
)  # fmt: skip
def test_a_node_that_asks_for_something_of_its_own_is_not_fused(line: str) -> None:
    text = f'def a(): return 1\ndef b(a):\n    """B.\n\n    {line}\n    """\n    return a\n'
    assert fused(text + "def c(b): return b\ndef d(c): return c\n") == {("c", "d")}


def test_a_node_whose_code_could_leave_something_behind_is_not_fused() -> None:
    text = "import os\ndef a(): return 1\ndef b(a): return os.getpid()\ndef c(b): return b\n"
    assert fused(text + "def d(c): return c\n") == {("c", "d")}


def test_what_a_process_says_of_its_calls_is_a_claim() -> None:
    good = {"ok": True, "preview": {"type": "int", "size": "", "text": "1"}}
    said = [
        {**good, "usage": [0.1, 0.1, 10]},
        {**good, "usage": [1e300, 9.0, 10**30]},
        {**good, "usage": [float("nan"), "much", None]},
        {**good, "effects": [["network", "x.org"]]},
        good,
    ]
    data = "".join(json.dumps(each) + "\n" for each in said).encode()
    whole = Usage(2.0, 1.0, 1000)
    told = [outcome.usage for outcome in read_outcomes(data, whole, str(FILE))]
    assert told == [Usage(0.1, 0.1, 10), whole, Usage()]
    assert len(list(read_outcomes(data[:-1], whole, str(FILE)))) == 3
    assert list(read_outcomes(b"Fatal Python error\n", whole, str(FILE))) == []
    assert list(read_outcomes(b"", whole, str(FILE))) == []


async def learned(engine: Engine, folder: Path, text: str) -> None:
    """Run a plan, so that it is known what its nodes take."""
    await run_plan(engine, folder, text, mode="sequential", reuse=False)


def why_of(ran: Ran) -> str:
    (started,) = ran.of(events.RunStarted)
    return started.why


@in_processes
async def test_a_run_says_what_it_fuses(engine: Engine, tmp_path: Path) -> None:
    await learned(engine, tmp_path, CHAIN)
    ran = await run_plan(engine, tmp_path, CHAIN, inputs={"n": 4})
    assert why_of(ran) == (
        "more would not make it faster; 4 cheap nodes in a row share one process"
    )
    assert ran.value("d") == {"c": 10}
    assert [type(event).__name__ for event in ran.events[1:-1]] == 4 * [
        "NodeStarted",
        "NodeSucceeded",
    ]
    isolated = await run_plan(engine, tmp_path, CHAIN, mode="parallel", reuse=False)
    assert "cheap" not in why_of(isolated)


@in_processes
async def test_a_fused_node_whose_value_is_there_is_reused(engine: Engine, tmp_path: Path) -> None:
    text = CHAIN.replace("n + 1", "n // 10")
    await learned(engine, tmp_path, text)
    ran = await run_plan(engine, tmp_path, text, inputs={"n": 7})
    assert ran.became == {"a": "ran", "b": "cached", "c": "cached", "d": "cached"}


@in_processes
async def test_a_fused_node_takes_what_is_there_already(engine: Engine, tmp_path: Path) -> None:
    text = """
    def q(): return 2
    def r(q): return q
    def a(n: int = 0): return n
    def b(a, r=5): return a + r
    """
    await learned(engine, tmp_path, text)
    ran = await run_plan(engine, tmp_path, text, inputs={"n": 10})
    assert why_of(ran).endswith("2 cheap nodes in a row share one process")
    assert ran.value("b") == 12


@in_processes
async def test_a_fused_node_that_does_not_end_meets_its_time_limit_by_itself(
    engine: Engine, tmp_path: Path
) -> None:
    text = CHAIN.replace("return sum(b)", "while b[0] > 5: pass\n    return 1")
    text = text.replace("def c(b): ", "def c(b):\n    ")
    await learned(engine, tmp_path, text)
    ran = await run_plan(engine, tmp_path, text, inputs={"n": 9}, timeout=1)
    assert ran.became == {"a": "ran", "b": "ran", "c": "failed", "d": "blocked"}
    assert ran.errors["c"].category == "timeout"
    # A process that gets no time to say where it was is told by its line.
    assert ran.text(ran.errors["c"].span) in {"b[0] > 5", "pass", "while b[0] > 5: pass"}


@in_processes
async def test_a_cancel_ends_a_chain_that_would_not(engine: Engine, tmp_path: Path) -> None:
    text = CHAIN.replace("def b(a): ", "def b(a):\n    while a > 5: pass\n    ")
    await learned(engine, tmp_path, text)
    plan = Plan.from_text(text)
    file = tmp_path / "it.plan.py"
    run = engine.run(make_job(plan, file, select(plan), inputs={"n": 9}))
    told = []
    async for event in run:
        told.append(event)
        if isinstance(event, events.NodeStarted):
            run.cancel()
    ran = Ran(plan, engine, told)
    assert ran.status == "cancelled"
    assert ran.became["a"] in {"cancelled", "ran"}  # The chain had begun, or it had not.
    assert (ran.became["b"], ran.became["c"]) == ("cancelled", "cancelled")


@in_processes
async def test_what_no_longer_looks_plain_runs_by_itself(engine: Engine, tmp_path: Path) -> None:
    """Values that are no plain data, and nodes that run out of stack, end their chains."""
    text = """
    def _deep(n): return _deep(n + 1)
    def a(n: int = 0): return range(n)
    def b(a): return len(a)
    def c(b): return b if b < 5 else _deep(b)
    def d(c): return c
    """
    await learned(engine, tmp_path, text)
    ran = await run_plan(engine, tmp_path, text, inputs={"n": 3})
    assert (ran.value("d"), "cheap" in why_of(ran)) == (3, True)
    ran = await run_plan(engine, tmp_path, text, inputs={"n": 8})
    assert ran.errors["c"].type == "RecursionError"


BODIES = [
    "return total",
    "return total % 5",
    "return [total, total]",
    "return {str(total), 'x'}",
    "return range(total)",
    "if total % 3 == 0:\n        raise ValueError(total)\n    return total",
    "return [1, 2][total % 3]",
    "return total if total % 3 else (lambda: total)",
    "print(total)\n    return total",
]


def random_plan(random: Random) -> str:
    """A plan of nodes that mostly follow one another, and now and then fail."""
    text = ""
    for index in range(random.randint(4, 9)):
        takes = [f"n{index - 1}"] if index and random.random() < 0.8 else []
        if index and random.random() < 0.3:
            takes.append(f"n{random.randrange(index)}")
        names = sorted(set(takes))
        text += f"def n{index}({', '.join([*names, 'shift: int = 1'])}):\n"
        sizes = " + ".join(
            [str(random.randint(0, 9)), "shift", *(f"len(repr({n}))" for n in names)]
        )
        text += f"    total = {sizes}\n    {random.choice(BODIES)}\n\n"
    return text


def told_of(ran: Ran) -> dict[str, list[object]]:
    """What was told of each node, but for times and what it took."""
    told: dict[str, list[object]] = {}
    for event in ran.events:
        match event:
            case events.NodeSucceeded(node=node, result=result):
                told[node].append(("ran", without_usage(result)))
            case events.NodeStarted(node=node, attempt=attempt, why=why):
                told.setdefault(node, []).append(("started", attempt, why))
            case events.NodeOutput(node=node, stream=stream, text=text):
                told[node].append((stream, text))
            case events.NodeFailed(node=node, error=error):
                told[node].append(error)
            case events.NodeBlocked(node=node, by=by):
                told[node] = [set(by)]
            case _:
                assert isinstance(event, events.RunStarted | events.RunFinished)
    return told


def without_usage(result: Result) -> Result:
    return replace(result, usage=Usage())


@in_processes
@pytest.mark.e2e
@pytest.mark.parametrize("seed", range(PLANS))
async def test_fused_and_isolated_runs_tell_and_keep_the_same(
    seed: int, engine: Engine, tmp_path: Path
) -> None:
    random = Random(seed)
    text = random_plan(random)
    for shift in (1, 2):  # Most nodes end well in one of them, and are fused from then on.
        await run_plan(engine, tmp_path, text, mode="sequential", inputs={"shift": shift})
    wanted: dict[str, Any] = {"inputs": {"shift": 3}, "workers": random.randint(1, 2)}
    fused = await run_plan(engine, tmp_path, text, **wanted)
    kept = await run_plan(engine, tmp_path, text, mode="sequential", **wanted)
    isolated = await run_plan(engine, tmp_path, text, mode="sequential", reuse=False, **wanted)
    fused_again = await run_plan(engine, tmp_path, text, reuse=False, **wanted)
    assert told_of(fused_again) == told_of(isolated), text
    made = {node: without_usage(result) for node, result in isolated.results.items()}
    for ran in (fused, kept):
        assert {node: without_usage(result) for node, result in ran.results.items()} == made
        assert ran.errors == isolated.errors
