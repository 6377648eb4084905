"""What a run would do, without running it: what is reused, what runs, what may, and why."""

from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.history.code_changes import changes, code_parts
from codeact_lsp.engine.history.forecast import Fate, Forecast
from codeact_lsp.engine.history.forecast import forecast as make_forecast
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.store import Store
from codeact_lsp.engine.wire import wire_forecast
from codeact_lsp.plan import Plan
from tests.engine.running import run_plan, write_plan

REUSE, RUN, DEPENDS = Fate.REUSE, Fate.RUN, Fate.DEPENDS
UNCHANGED = "its code, its inputs and the files it read are unchanged"
PLAN = """
from pathlib import Path

RATE = 2

def _twice(value): return 2 * value

def orders(region: str = "north"): return [1, 2]

def growth(orders): return _twice(sum(orders)) * RATE

def report(growth): return growth + 1

def prices(): return Path("prices.txt").read_text()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prices.txt").write_text("5")
    return tmp_path


def forecast(engine: Engine, folder: Path, text: str, **settings: Any) -> Forecast:
    plan, file = write_plan(folder, text)
    return engine.forecast(make_job(plan, file, select(plan), **settings))


def told(expected: Forecast) -> dict[str, tuple[Fate, str]]:
    """What is said of each node."""
    return {
        each.node: (each.fate, "; ".join([each.why, *each.changed])) for each in expected.prospects
    }


pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_what_has_never_run_runs_and_what_follows_depends_on_it(
    engine: Engine, folder: Path
) -> None:
    expected = forecast(engine, folder, PLAN.replace("region", "somewhere"))
    assert told(expected) == {
        "orders": (RUN, "it has not run yet"),
        "growth": (DEPENDS, "it depends on 'orders'"),
        "report": (DEPENDS, "it depends on 'growth'"),
        "prices": (RUN, "it has not run yet"),
    }
    assert expected.to_run == 4


async def test_after_a_run_all_is_reused_and_it_is_known_since_when(
    engine: Engine, folder: Path
) -> None:
    await run_plan(engine, folder, PLAN)
    expected = forecast(engine, folder, PLAN)
    assert {fate for fate, _ in told(expected).values()} == {REUSE}
    assert told(expected)["orders"] == (REUSE, UNCHANGED)
    assert all(each.since for each in expected.prospects)
    assert (expected.to_run, expected.choice.seconds, expected.memory) == (0, 0.0, 0)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("RATE = 2", "RATE = 3", "RATE was 2, is 3"),
        ("2 * value", "3 * value", "'_twice' changed"),
        ("* RATE", "+ RATE", "its own code changed"),
        ("_twice(sum", "abs(sum", "its own code changed; it does not use '_twice' any more"),
    ],
)
async def test_an_edit_tells_what_it_made_stale_and_what_changed(
    engine: Engine, folder: Path, old: str, new: str, why: str
) -> None:
    await run_plan(engine, folder, PLAN)
    expected = forecast(engine, folder, PLAN.replace(old, new))
    assert told(expected) == {
        "orders": (REUSE, UNCHANGED),
        "growth": (RUN, f"its code changed since it ran; {why}"),
        "report": (DEPENDS, "it depends on 'growth'"),
        "prices": (REUSE, UNCHANGED),
    }
    assert expected.to_run == 2
    assert expected.choice.seconds
    assert expected.memory


async def test_an_edit_that_was_taken_back_is_no_reason(engine: Engine, folder: Path) -> None:
    text = PLAN.replace("def growth(orders): return", "def growth(prices): return len(prices) +")
    text = text.replace("sum(orders)", "1")
    for now in (text, text.replace("2 * value", "3 * value"), text):
        await run_plan(engine, folder, now)
    (folder / "prices.txt").write_text("10")
    assert told(forecast(engine, folder, text)) == {
        "orders": (REUSE, UNCHANGED),
        "prices": (RUN, "prices.txt has changed"),
        "growth": (DEPENDS, "it depends on 'prices'"),
        "report": (DEPENDS, "it depends on 'growth'"),
    }
    again = await run_plan(engine, folder, text)
    assert again.why("growth") == "the value of 'prices' is new"


async def test_an_input_a_file_and_settings_are_reasons_too(engine: Engine, folder: Path) -> None:
    await run_plan(engine, folder, PLAN)
    given = told(forecast(engine, folder, PLAN, inputs={"region": "south"}))
    assert given["orders"] == (RUN, "input 'region' was 'north', is 'south'")
    (folder / "prices.txt").write_text("7, and more")
    assert told(forecast(engine, folder, PLAN))["prices"] == (RUN, "prices.txt has changed")
    off = told(forecast(engine, folder, PLAN, reuse=False))
    assert set(off.values()) == {(RUN, "results are not to be reused")}


async def test_a_node_that_several_others_hold_back_names_the_first(
    engine: Engine, folder: Path
) -> None:
    plan = "def a(): return 10\ndef b(): return 20\ndef c(a, b): return a + b\n"
    assert told(forecast(engine, folder, plan))["c"] == (DEPENDS, "it depends on 'a' and 1 more")


async def test_nothing_runs_for_a_forecast(engine: Engine, folder: Path) -> None:
    plan = "from pathlib import Path\nPath('ran').touch()\ndef a(): Path('ran').touch()\n"
    forecast(engine, folder, plan)
    assert not (folder / "ran").exists()


async def test_a_store_that_cannot_be_read_is_said_to_be_the_reason(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    plan, file = write_plan(folder, PLAN)
    store = Store(tmp_path / "store")
    store.close()
    job = make_job(plan, file, select(plan))
    why = "the store of results did not answer"
    assert told(make_forecast(job, store, engine.history, ""))["orders"] == (DEPENDS, why)


async def test_a_forecast_is_plain_data_too(engine: Engine, folder: Path) -> None:
    await run_plan(engine, folder, PLAN)
    *nodes, whole = wire_forecast.forecast(forecast(engine, folder, PLAN.replace("= 2", "= 4")))
    assert [(each["node"], each["fate"], each["changed"]) for each in nodes[:2]] == [
        ("orders", "reuse", []),
        ("growth", "run", ["RATE was 2, is 4"]),
    ]
    assert (whole["event"], whole["nodes"], whole["toRun"]) == ("Forecast", 4, 2)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("A = 1\ndef a(): return A\n", "A = 1  # one\n\n\ndef a():\n    return A\n", ()),
        ("A = [1]\ndef a(): return A\n", "A = {}\ndef a(): return A\n", ("A was [1], is {}",)),
        ("API_KEY = 'x'\ndef a(): return API_KEY\n", "API_KEY = 'y'\ndef a(): return API_KEY\n",
         ("'API_KEY' changed",)),
        ("A = 1\nA = 2\ndef a(): return A\n", "A = 1\nA = 3\ndef a(): return A\n",
         ("'A' changed",)),
        ("def a(): return 1\n", "B = 1\ndef a(): return B\n",
         ("its own code changed", "it uses 'B' now")),
        ("A = 1\nB = 1\nC = 1\nD = 1\ndef a(): return A, B, C, D\n",
         "A = 2\nB = 2\nC = 2\nD = 2\ndef a(): return A, B, C, D\n",
         ("A was 1, is 2", "B was 1, is 2", "C was 1, is 2", "…")),
    ],
)  # fmt: skip
async def test_what_changed_is_told_by_name_and_by_value_where_that_is_short_and_no_secret(
    was: str, now: str, told: tuple[str, ...]
) -> None:
    parts = [code_parts(Plan.from_text(text), "a") for text in (was, now)]
    assert changes("a", *parts) == told
