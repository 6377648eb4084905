"""What runs again and what does not: results follow code, inputs and files."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import Ran, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PLAN = """
from pathlib import Path

RATE = 2

def _scaled(value):
    return value * RATE

def orders(orders_csv: Path = Path("orders.csv")):
    return [int(line) for line in orders_csv.read_text().split()]

def total(orders, factor: int = 1):
    return sum(map(_scaled, orders)) * factor

def report(total):
    return f"total: {total}"

def unrelated():
    return "unrelated"
"""
CODE = "its code changed since it ran"
VALUE = "the value of 'total' is new"


async def run(engine: Engine, folder: Path, text: str = PLAN, **settings: Any) -> Ran:
    return await run_plan(engine, folder, text, **settings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan's folder with its data."""
    (tmp_path / "orders.csv").write_text("1\n2\n")
    return tmp_path


async def check_rerun(
    engine: Engine, folder: Path, text: str, ran: Mapping[str, str], **settings: Any
) -> None:
    """After a first run of PLAN, a run of `text` runs only the nodes of `ran`, and says why."""
    await run(engine, folder)
    again = await run(engine, folder, text, **settings)
    assert {name: again.why(name) for name, how in again.became.items() if how == "ran"} == ran
    assert set(again.became.values()) <= {"ran", "cached"}


async def test_what_is_unchanged_is_not_run_again(engine: Engine, folder: Path) -> None:
    first = await run(engine, folder)
    again = await run(engine, folder)
    assert set(first.became.values()) == {"ran"}
    assert set(again.became.values()) == {"cached"}
    assert again.why("total") == "its code, its inputs and the files it read are unchanged"
    assert again.results == first.results
    assert again.value("report") == "total: 6"


async def test_changed_code_runs_again_and_so_does_what_follows(
    engine: Engine, folder: Path
) -> None:
    text = PLAN.replace("* factor", "* factor + 1")
    await check_rerun(engine, folder, text, {"total": CODE, "report": VALUE})


async def test_an_equal_value_runs_nothing_that_follows(engine: Engine, folder: Path) -> None:
    text = PLAN.replace("sum(map(_scaled, orders))", "sum(_scaled(order) for order in orders)")
    await check_rerun(engine, folder, text, {"total": CODE})


@pytest.mark.parametrize(
    ("old", "new"), [("value * RATE", "RATE * value * 1"), ("RATE = 2", "RATE = 1 + 1")]
)
async def test_a_changed_helper_or_constant_runs_its_users_again(
    engine: Engine, folder: Path, old: str, new: str
) -> None:
    await check_rerun(engine, folder, PLAN.replace(old, new), {"total": CODE})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return f", "    # For people.\n\n    return f"),
        ("def report(total):\n", 'def report(total):\n    """For people."""\n'),
        (
            "sum(map(_scaled, orders)) * factor",
            "(\n        sum(map( _scaled,orders ))*factor\n    )",
        ),
        ("def unrelated", "def _nobody_calls_this():\n    pass\n\ndef unrelated"),
        ('"total: {total}"', "'total: {total}'"),
    ],
    ids=["comment", "docstring", "layout", "unrelated helper", "quotes"],
)
async def test_what_does_not_change_the_code_runs_nothing(
    engine: Engine, folder: Path, old: str, new: str
) -> None:
    text = PLAN.replace(old, new)
    assert text != PLAN
    await check_rerun(engine, folder, text, {})


async def test_an_undo_brings_the_results_back(engine: Engine, folder: Path) -> None:
    await run(engine, folder)
    await run(engine, folder, PLAN.replace("RATE = 2", "RATE = 3"))
    await check_rerun(engine, folder, PLAN, {})


async def test_a_changed_input_runs_its_users_again(engine: Engine, folder: Path) -> None:
    again = {"total": "input 'factor' was 1, is 3", "report": VALUE}
    await check_rerun(engine, folder, PLAN, again, inputs={"factor": 3, "nobody_takes": 4})


async def test_a_failure_is_not_kept(engine: Engine, tmp_path: Path) -> None:
    became = [(await run(engine, tmp_path, "def a(): 1 / 0")).became["a"] for _ in range(2)]
    assert became == ["failed", "failed"]


async def test_a_node_may_ask_not_to_be_kept(engine: Engine, tmp_path: Path) -> None:
    text = '''
    def a():
        """Cache: off"""
        return 1

    def b(a):
        return a
    '''
    await run(engine, tmp_path, text)
    again = await run(engine, tmp_path, text)
    assert again.became == {"a": "ran", "b": "cached"}
    assert again.why("a") == "its docstring says Cache: off"


async def test_a_run_may_ask_for_everything_anew(engine: Engine, folder: Path) -> None:
    await run(engine, folder)
    again = await run(engine, folder, reuse=False)
    assert set(again.became.values()) == {"ran"}
    assert again.why("orders") == "results are not to be reused"


async def test_what_ran_while_a_fix_was_tried_is_told_to_have(engine: Engine, folder: Path) -> None:
    await run(engine, folder, origin="trial")
    assert (await run(engine, folder)).why("total") == "it ran while a fix was tried"


async def test_another_plan_with_the_same_code_has_results_of_its_own(
    engine: Engine, folder: Path
) -> None:
    await run(engine, folder)
    (folder / "below").mkdir()
    (folder / "below" / "orders.csv").write_text("5\n")
    assert (await run(engine, folder / "below")).value("total") == 10


async def test_a_value_that_is_gone_is_made_again(
    engine: Engine, folder: Path, cache_folder: Path
) -> None:
    first = await run(engine, folder)
    digest = first.results["total"].blob.digest
    (cache_folder / "blobs" / digest[:2] / digest[2:]).unlink()
    again = await run(engine, folder)
    assert {name for name, how in again.became.items() if how == "ran"} == {"total"}
    assert again.why("total") == "its stored value is gone"
    assert again.results["total"].blob == first.results["total"].blob


async def test_a_result_serves_other_engines_of_the_same_interpreter_only(
    engine: Engine, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await run(engine, folder)
    linked = tmp_path_factory.mktemp("bin") / "python3"
    linked.symlink_to(sys._base_executable)  # type: ignore[attr-defined]  # CPython has it
    for interpreter, how in ((sys.executable, "cached"), (str(linked), "ran")):
        other = Engine(folder, interpreter)
        assert set((await run(other, folder)).became.values()) == {how}
        await other.close()


async def test_values_do_not_depend_on_the_process_that_made_them(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(): return list({str(n) for n in range(100)}), hash('text')\n"
    digests = set()
    for _ in range(2):
        other = Engine(tmp_path, sys.executable)
        digests.add((await run(other, tmp_path, text, reuse=False)).results["a"].blob.digest)
        await other.close()
    assert len(digests) == 1
