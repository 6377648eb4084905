"""A run does not begin where less is enforced than the user wants at least."""

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from codeact_lsp.sandbox.tiers import Tier

PLAN = Plan.from_text("def one(): return 1\n\ndef two(one): return one + 1\n")


@pytest_asyncio.fixture
async def own(tmp_path: Path) -> AsyncIterator[Engine]:
    engine = Engine(tmp_path, sys.executable)
    yield engine
    await engine.close()


def job(folder: Path, minimum: Tier) -> Job:
    strict = preset(Level.STRICT, folder)
    return make_job(
        PLAN,
        folder / "it.plan.py",
        select(PLAN),
        policies=dict.fromkeys(PLAN.nodes, strict),
        minimum_tier=minimum,
        reuse=False,
    )


async def told(engine: Engine, wanted: Job) -> list[events.Event]:
    return [event async for event in engine.run(wanted)]


async def test_of_a_refused_run_all_that_is_told_is_why_and_the_way_out(
    own: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "userns,cgroup")
    (finished,) = await told(own, job(tmp_path, Tier.CONTAINED))
    assert isinstance(finished, events.RunFinished)
    assert finished.status == "refused"
    assert finished.message.startswith("Nodes do not run here: tier 1 of 4 (kernel) is enforced, ")
    assert finished.message.endswith("or pass --minimum-tier kernel.")


async def test_who_is_content_with_what_there_is_gets_his_values(
    own: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "userns,cgroup")
    happened = await told(own, job(tmp_path, Tier.KERNEL))
    assert [event.node for event in happened if isinstance(event, events.NodeSucceeded)] == [
        "one",
        "two",
    ]


async def test_a_variable_that_cannot_be_understood_lets_nothing_run(
    own: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "firewall")
    (finished,) = await told(own, job(tmp_path, Tier.KERNEL))
    assert isinstance(finished, events.RunFinished)
    assert finished.message.endswith("Correct the variable, or unset it.")


async def test_where_nothing_is_to_be_enforced_nothing_is_tried(
    own: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A self-test would say that nobody knows this.
    monkeypatch.setenv(WITHHOLD, "firewall")
    happened = await told(own, replace(job(tmp_path, Tier.NONE), policies={}))
    assert isinstance(happened[-1], events.RunFinished)
    assert happened[-1].status == "done"


async def test_an_executor_of_somebody_elses_answers_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "userns,cgroup")
    theirs = LocalExecutor(Interpreter(Path(sys.executable), "theirs"))
    engine = Engine(tmp_path, sys.executable, theirs)
    happened = await told(engine, job(tmp_path, Tier.ACCOUNTED))
    await engine.close()
    assert not [event for event in happened if getattr(event, "status", "") == "refused"]
