"""A worker that waits for a run before there is one."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.interpreter import find_interpreter
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, Policy, grant, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from codeact_lsp.sandbox.tiers import Tier
from tests.engine.running import wait_until_gone
from tests.leftovers import children

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
import decimal

def one() -> int: return 1

def two(one: int) -> int: return one + 1

def apart() -> int: return 3
"""


@pytest_asyncio.fixture(loop_scope="module")
async def fresh(cache_folder: Path) -> AsyncIterator[Engine]:
    """An engine that has run nothing yet."""
    engine = Engine(cache_folder, sys.executable)
    before = children()
    yield engine
    started = children() - before
    await engine.close()
    for process in started:
        await wait_until_gone(process)


def job(folder: Path, text: str = PLAN, **settings: Any) -> Job:
    plan = Plan.from_text(text)
    file = folder / "ready.plan.py"
    file.write_text(text, encoding="utf-8")
    policies = dict.fromkeys(plan.nodes, strict(folder)) | settings.pop("policies", {})
    return make_job(plan, file, select(plan), policies=policies, **settings)


def strict(*readable: Path) -> Policy:
    return grant(preset(Level.STRICT), read=readable)


async def test_the_first_run_takes_the_worker_that_waits(fresh: Engine, tmp_path: Path) -> None:
    wanted, before = job(tmp_path), children()
    await fresh.make_ready(wanted)
    waiting = children() - before
    assert waiting
    await fresh.make_ready(wanted)
    told = [event async for event in fresh.run(wanted)]
    assert sum(isinstance(event, events.NodeSucceeded) for event in told) == len(wanted.nodes)
    assert children() - before == waiting


async def test_it_is_for_most_of_the_nodes_where_they_may_do_different_things(
    tmp_path: Path,
) -> None:
    more = strict(tmp_path, tmp_path.parent)
    assert job(tmp_path, policies={"apart": more}).usual_policy == strict(tmp_path)
    assert job(tmp_path, policies={"one": more, "two": more}).usual_policy == more


@pytest.mark.parametrize("text", [PLAN, "import decimal\n"])
async def test_none_waits_where_nodes_are_not_confined_or_where_there_are_none(
    fresh: Engine, tmp_path: Path, text: str
) -> None:
    before = children()
    nodes = Plan.from_text(text).nodes
    await fresh.make_ready(job(tmp_path, text, policies=dict.fromkeys(nodes, preset(Level.OFF))))
    assert children() == before


async def test_none_waits_where_nodes_do_not_run(
    fresh: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "bwrap,cgroup")
    before = children()
    await fresh.make_ready(job(tmp_path, minimum_tier=Tier.CONTAINED))
    assert children() == before


async def test_none_waits_where_nodes_run_elsewhere(cache_folder: Path, tmp_path: Path) -> None:
    elsewhere = LocalExecutor(find_interpreter(cache_folder, sys.executable))
    engine = Engine(cache_folder, sys.executable, executor=elsewhere)
    before = children()
    await engine.make_ready(job(tmp_path))
    assert children() == before
    await engine.close()


async def test_a_python_that_does_not_start_is_left_for_the_run_to_tell_of(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("no program", encoding="utf-8")
    python.chmod(0o755)
    engine = Engine(tmp_path, str(python))
    await engine.make_ready(job(tmp_path))
    told = [event async for event in engine.run(job(tmp_path))]
    assert any(isinstance(event, events.NodeFailed) for event in told)
    await engine.close()
