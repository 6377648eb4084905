"""A plan that is run again in one session: what was found before is asked for, and never trusted.

Between two runs of one and the same plan something happens to the store or to the files.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.store import Store
from codeact_lsp.engine.store.index import NAME
from codeact_lsp.plan import Plan
from tests.engine.running import Ran, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PLAN = """
from pathlib import Path

def orders(): return Path("orders.csv").read_text()
def total(orders): return len(orders)
def other(rate=1): return type(rate).__name__
"""
REUSED = dict.fromkeys(("orders", "total", "other"), "cached")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "orders.csv").write_text("1,2")
    plan, file = write_plan(tmp_path, PLAN)
    return make_job(plan, file, select(plan))


async def run(engine: Engine, job: Job) -> Ran:
    return Ran(job.plan, engine, [event async for event in engine.run(job)])


def value_of(cache: Path, job: Job, node: str) -> Path:
    """The file of a node's stored value."""
    with closing(sqlite3.connect(cache / NAME)) as index:
        query = "SELECT blob FROM entries WHERE file = ? AND node = ? ORDER BY made DESC"
        (digest,) = index.execute(query, (str(job.file), node)).fetchone()
    return Path(cache, "blobs", digest[:2], digest[2:])


def rewritten(cache: Path, job: Job) -> None:
    """What a result is said to be is changed by somebody who has not the user's secret."""
    with closing(sqlite3.connect(cache / NAME)) as index, index:
        query = "UPDATE entries SET entry = replace(entry, 'int', 'float') WHERE file = ?"
        assert index.execute(f"{query} AND node = 'other'", (str(job.file),)).rowcount == 1


def evicted(cache: Path, job: Job) -> None:
    """Another process removes the oldest values; it can, since no run needs them now."""
    path = value_of(cache, job, "other")
    with closing(Store(cache, most_bytes=0)) as other:
        other.tidy()
    assert not path.exists()


def removed(cache: Path, job: Job) -> None:
    value_of(cache, job, "other").unlink()


def replaced(cache: Path, job: Job) -> None:
    path = value_of(cache, job, "other")
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[::-1])


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (rewritten, "its stored result was not made by you"),
        (evicted, "its result was removed to make room"),
        (removed, "its stored value is gone"),
        (replaced, "its stored value is damaged"),
    ],
)
async def test_a_result_that_somebody_harmed_meanwhile_is_not_believed(
    engine: Engine, cache_folder: Path, job: Job, harm: Callable[[Path, Job], None], why: str
) -> None:
    await run(engine, job)
    assert (await run(engine, job)).became == REUSED
    harm(cache_folder, job)
    again = await run(engine, job)
    assert (again.became["other"], again.why("other")) == ("ran", why)
    assert again.value("other") == "int"
    assert (await run(engine, job)).became == REUSED


async def test_a_file_that_changes_is_noticed_and_what_follows_as_far_as_it_has_to(
    engine: Engine, job: Job, tmp_path: Path
) -> None:
    await run(engine, job)
    assert (await run(engine, job)).became == REUSED
    (tmp_path / "orders.csv").write_text("3,4")
    again = await run(engine, job)
    assert again.became == {"other": "cached", "orders": "ran", "total": "ran"}
    assert again.why("orders") == "orders.csv has changed"
    assert again.why("total") == "the value of 'orders' is new"
    (tmp_path / "orders.csv").write_text("1,2")
    assert (await run(engine, job)).became == REUSED
    assert (await run(engine, job)).value("orders") == "1,2"


async def test_what_another_process_has_made_meanwhile_is_found(
    engine: Engine, job: Job, tmp_path: Path
) -> None:
    await run(engine, job)
    assert (await run(engine, job)).became == REUSED
    (tmp_path / "orders.csv").write_text("3,4,5")
    other = Engine(tmp_path, str(engine.interpreter.path))
    assert (await run(other, job)).became["orders"] == "ran"
    await other.close()
    again = await run(engine, job)
    assert (again.became, again.value("total")) == (REUSED, 5)


@pytest.mark.parametrize("rate", [True, 1.0, "1"])
async def test_an_input_that_is_as_good_as_equal_is_another_one(
    engine: Engine, job: Job, rate: object
) -> None:
    for value in (1, rate, 1):
        given = make_job(job.plan, job.file, select(job.plan), inputs={"rate": value})
        assert (await run(engine, given)).value("other") == type(value).__name__


async def test_a_copy_of_the_plan_with_the_same_text_reuses_all(engine: Engine, job: Job) -> None:
    await run(engine, job)
    copy = make_job(Plan.from_text(job.plan.source.text), job.file, job.targets)
    assert (await run(engine, copy)).became == REUSED
