"""Plans read and run from Python."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from contextlib import aclosing, closing
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import codeact_lsp
from tests.engine.running import alive

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "library.md"

SALES = """
    from dataclasses import dataclass

    @dataclass
    class _Order:
        region: str
        amount: int

    def orders(amount: int = 3) -> list[_Order]:
        print("reading")
        return [_Order("north", amount), _Order("south", 4)]

    def total(orders: list[_Order]) -> int:
        return sum(order.amount for order in orders)
"""
FAILING = """
    def price() -> float:
        return None

    def tax(price: float) -> float:
        return price * 0.19

    def bill(tax: float) -> float:
        return tax
"""
# Unconfined where it runs, so that the number which it tells is what this process knows it by.
SLEEPING = """
    import os, time

    def sleeping() -> None:
        print(os.getpid(), flush=True)
        time.sleep(1_000)
"""


def plan_of(folder: Path, text: str) -> codeact_lsp.Plan:
    """A plan that is saved in a folder."""
    path = folder / "it.plan.py"
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return codeact_lsp.Plan.load(path)


def test_a_plan_is_read_without_running_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "raise SystemExit\n" + dedent(SALES))
    assert list(plan.nodes) == ["orders", "total"]
    assert plan.nodes["total"].returns == "int"
    assert plan.graph.dependencies("total") == ["orders"]
    assert plan.problems() == []


def test_problems_have_codes_and_places(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "def a(b): return b\ndef b(a): return a\n")
    (problem,) = plan.problems()
    assert (problem.code, plan.place(problem.span)) == ("cycle", (1, 7, 1, 8))
    with pytest.raises(codeact_lsp.InvalidPlanError, match="depend on each other") as refused:
        codeact_lsp.run(plan)
    assert refused.value.problems == (problem,)


def test_a_run_gives_previews_usage_and_on_request_the_values(tmp_path: Path) -> None:
    result = codeact_lsp.run(plan_of(tmp_path, SALES)).raise_for_status()
    total = result["total"]
    assert (result.status, result.ok, list(result)) == ("done", True, ["orders", "total"])
    assert (total.type, total.preview, total.reused, total.effects) == ("int", "7", False, ())
    assert total.usage.wall > 0
    assert total.bytes > 0
    assert total.value() == 7
    orders = result["orders"].value()
    assert [(order.region, order.amount) for order in orders] == [("north", 3), ("south", 4)]


def test_a_second_run_reuses_and_counts_what_that_has_saved(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SALES)
    codeact_lsp.run(plan)
    again = codeact_lsp.run(plan)
    assert [again[node].reused for node in again] == [True, True]
    assert again["total"].why == "its code, its inputs and the files it read are unchanged"
    assert again.metrics is not None
    assert again.metrics.saved > 0
    assert not codeact_lsp.run(plan, reuse=False)["total"].reused


def test_inputs_are_values_and_go_before_the_inputs_file(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "def shown(day, where, few=1): return repr((day, where, few))\n")
    (tmp_path / "it.plan.toml").write_text('day = "x"\nfew = 2\n', encoding="utf-8")
    given = {"day": date(2026, 1, 2), "where": Path("data")}
    assert codeact_lsp.run(plan, inputs=given)["shown"].value() == "('2026-01-02', 'data', 2)"


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"amuont": 1}, "The plan has no input 'amuont'. Did you mean 'amount'?"),
        ({"orders": []}, "'orders' is a node of the plan, which makes its own value."),
        ({"amount": object()}, "The input 'amount' is no plain data but of the type object."),
    ],
)
def test_an_input_that_cannot_be_used_is_refused(
    tmp_path: Path, inputs: dict[str, object], message: str
) -> None:
    with pytest.raises(codeact_lsp.InvalidInputError, match=re.escape(message)):
        codeact_lsp.run(plan_of(tmp_path, SALES), inputs=inputs)


def test_what_cannot_be_run_at_all_is_refused_with_its_own_error(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SALES)
    with pytest.raises(codeact_lsp.UnknownNodeError, match="Did you mean 'total'"):
        codeact_lsp.run(plan, "totl")
    with pytest.raises(codeact_lsp.SetupError, match="There is no interpreter"):
        codeact_lsp.run(plan, interpreter=tmp_path / "python")
    with pytest.raises(codeact_lsp.SetupError, match=r"level: expected one of .* not 'strikt'"):
        codeact_lsp.run(plan, level="strikt")
    with pytest.raises(codeact_lsp.SetupError, match="allow: expected a right such as"):
        codeact_lsp.run(plan, allow=["wirte out"])
    with pytest.raises(codeact_lsp.PlanFileError, match="No such file"):
        codeact_lsp.run(tmp_path / "other.plan.py")
    (tmp_path / "latin.plan.py").write_bytes(b"x = '\xe9'\n")
    with pytest.raises(codeact_lsp.PlanFileError, match="Save the file with the encoding UTF-8"):
        codeact_lsp.Plan.load(tmp_path / "latin.plan.py")
    os.mkfifo(tmp_path / "pipe.plan.py")
    with pytest.raises(codeact_lsp.PlanFileError, match="a pipe and no file"):
        codeact_lsp.Plan.load(tmp_path / "pipe.plan.py")


@pytest.mark.parametrize(
    ("option", "error", "message"),
    [
        ({"wrokers": 2}, TypeError, "'wrokers' is no option of a run. Did you mean 'workers'?"),
        ({"workers": 0}, ValueError, "workers is 0; expected a whole number above 0."),
        ({"workers": True}, TypeError, "workers is True; expected a whole number above 0."),
        ({"mode": "paralel"}, ValueError, "mode is 'paralel'; .* Did you mean 'parallel'?"),
        ({"timeout": -1}, ValueError, "timeout is -1; expected seconds above 0, or None"),
        ({"timeout": float("nan")}, ValueError, "timeout is nan; expected seconds above 0"),
        ({"timeout": "5"}, TypeError, "timeout is '5'; expected seconds above 0"),
        ({"inputs": [1]}, TypeError, r"inputs is \[1\]; expected a mapping of names to values"),
        ({"resources": 5}, TypeError, "resources is 5; expected a mapping of names to whole"),
        ({"resources": {"db": 0}}, ValueError, "resources is {'db': 0}; expected a mapping"),
        ({"reuse": "no"}, TypeError, "reuse is 'no'; expected True or False."),
        ({"allow": "write out/"}, TypeError, "allow is 'write out/'; expected a list of rights"),
        ({"level": 3}, TypeError, "level is 3; expected the name of a level, such as 'strict'."),
        ({"interpreter": ""}, ValueError, "interpreter is ''; expected the path of a Python"),
    ],
    ids=str,
)
def test_an_option_that_is_misspelt_or_of_no_use_is_a_mistake_of_the_script(
    tmp_path: Path, option: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message.replace("?", r"\?")):
        codeact_lsp.run(plan_of(tmp_path, SALES), **option)


def test_nodes_are_named_one_by_one(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"not by \['orders', 'total'\]"):
        codeact_lsp.run(plan_of(tmp_path, SALES), ["orders", "total"])  # type: ignore[arg-type]


def test_a_node_gets_the_rights_that_the_script_gives(tmp_path: Path) -> None:
    text = '''def a():
    """Needs a folder.

    Needs: write out/
    """
    return open("out/a.txt", "w").write("abc")
'''
    plan = plan_of(tmp_path, text)
    assert codeact_lsp.run(plan, level="strict").status == "failed"
    allowed = codeact_lsp.run(plan, level="strict", allow=["write out/"])
    assert (allowed["a"].preview, (tmp_path / "out" / "a.txt").stat().st_size) == ("3", 3)


def test_failures_have_their_place_and_raise_on_request(tmp_path: Path) -> None:
    result = codeact_lsp.run(plan_of(tmp_path, FAILING))
    assert (result.status, list(result), result.blocked) == (
        "failed",
        ["price"],
        {"bill": ("tax",)},
    )
    error = result.errors["tax"]
    assert (error.type, result.plan.place(error.span)) == ("TypeError", (5, 12, 5, 24))
    assert error.blame is not None
    with pytest.raises(KeyError, match="'bill' did not run: tax failed"):
        result["bill"]
    with pytest.raises(codeact_lsp.RunFailedError, match=r"'tax' failed at it.plan.py:5:12") as bad:
        result.raise_for_status()
    assert bad.value.result is result


def test_at_a_prompt_and_in_a_notebook_a_result_is_short_and_escaped(tmp_path: Path) -> None:
    text = dedent(FAILING) + "def page() -> str: raise ValueError('<script>')\n"
    result = codeact_lsp.run(plan_of(tmp_path, text))
    assert repr(result.plan) == f"<Plan {tmp_path / 'it.plan.py'}: 4 nodes>"
    ended = "failed, 1 ran, 2 failed, 1 blocked, "
    assert repr(result).startswith(f"<RunResult of it.plan.py: {ended}")
    table = result._repr_html_()
    assert "<td>tax</td><td>TypeError: unsupported operand" in table
    assert "<td>failed at 5:12</td>" in table
    assert "<td>bill</td><td></td><td>not run: needs tax</td>" in table
    assert "<td>page</td><td>ValueError: &lt;script&gt;</td>" in table
    assert "<script>" not in table


def test_a_value_that_is_not_stored_any_more_says_so(tmp_path: Path, cache_folder: Path) -> None:
    result = codeact_lsp.run(
        plan_of(tmp_path, SALES + "    # Its own value.\n"), inputs={"amount": 9}
    )
    for blob in (cache_folder / "blobs").rglob("*"):
        if blob.is_file():
            blob.unlink()
    with pytest.raises(codeact_lsp.ValueUnavailableError, match="run the plan again"):
        result["total"].value()


def test_events_come_as_they_happen(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SALES)
    happened = list(codeact_lsp.events(plan, "orders", reuse=False))
    assert [type(event) for event in happened] == [
        codeact_lsp.RunStarted,
        codeact_lsp.NodeStarted,
        codeact_lsp.NodeOutput,
        codeact_lsp.NodeSucceeded,
        codeact_lsp.RunFinished,
    ]


def test_whoever_leaves_the_events_early_leaves_nothing_behind(tmp_path: Path) -> None:
    with closing(codeact_lsp.events(plan_of(tmp_path, SLEEPING), level="off")) as happened:
        pid = next(int(e.text) for e in happened if isinstance(e, codeact_lsp.NodeOutput))
    assert not alive(pid)


def test_the_calls_of_a_session_share_their_worker_process(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "import os\ndef parent(): return os.getppid()\n")
    with codeact_lsp.Session() as session:
        workers = {session.run(plan, reuse=False, level="off")["parent"].value() for _ in range(3)}
        failed = session.run(plan_of(tmp_path, FAILING))
        (worker,) = workers
        assert alive(worker)
    assert failed.status == "failed"
    assert not alive(worker)
    with pytest.raises(RuntimeError, match="the session is closed"):
        session.run(plan)


def test_the_runs_of_a_session_end_alone_and_with_it(tmp_path: Path) -> None:
    sleeping, other = plan_of(tmp_path, SLEEPING), codeact_lsp.Plan.loads("def a(): return 1\n")
    with codeact_lsp.Session() as session:
        happened = session.events(sleeping, level="off")
        first = next(int(e.text) for e in happened if isinstance(e, codeact_lsp.NodeOutput))
        assert session.run(other)["a"].preview == "1"
        happened.close()
        assert not alive(first)
        left = session.events(sleeping, level="off")
        second = next(int(e.text) for e in left if isinstance(e, codeact_lsp.NodeOutput))
    assert not alive(second)
    last = list(left)[-1]
    assert isinstance(last, codeact_lsp.RunFinished)
    assert last.status == "cancelled"


async def test_a_coroutine_takes_results_and_events(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SALES)
    result = await codeact_lsp.arun(plan)
    assert result["total"].preview == "7"
    kinds = [type(event) async for event in codeact_lsp.stream(plan)]
    assert kinds.count(codeact_lsp.NodeCached) == 2


async def test_a_cancelled_coroutine_leaves_nothing_behind(tmp_path: Path) -> None:
    pid = 0
    async with aclosing(codeact_lsp.stream(plan_of(tmp_path, SLEEPING), level="off")) as happened:
        async for event in happened:
            if isinstance(event, codeact_lsp.NodeOutput):
                pid = int(event.text)
                break
    assert not alive(pid)
    task = asyncio.create_task(codeact_lsp.arun(plan_of(tmp_path, SLEEPING)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_it_runs_where_a_loop_is_running_already(tmp_path: Path) -> None:
    assert codeact_lsp.run(plan_of(tmp_path, SALES))["total"].preview == "7"


def test_an_interrupt_ends_the_nodes_and_then_the_script(tmp_path: Path) -> None:
    plan_of(tmp_path, SLEEPING)
    script = (
        "import codeact_lsp, sys\n"
        "for event in codeact_lsp.events('it.plan.py', level='off'):\n"
        "    if isinstance(event, codeact_lsp.NodeOutput):\n"
        "        print(event.text, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        pid = int(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().rstrip().endswith(b"KeyboardInterrupt")
    assert not alive(pid)


def test_every_public_name_is_there_and_documented() -> None:
    assert set(codeact_lsp.__all__) == set(dir(codeact_lsp))
    for name in set(codeact_lsp.__all__) - {"__version__"}:
        assert getattr(codeact_lsp, name).__doc__, name
    with pytest.raises(AttributeError, match="has no attribute 'rnu'"):
        codeact_lsp.rnu  # type: ignore[attr-defined]  # noqa: B018 - it raises.


def test_the_examples_of_the_page_do_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    plan, *blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "sales.plan.py").write_text(plan, encoding="utf-8")
    said = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    assert capsys.readouterr().out == "".join(said)
    assert os.listdir(tmp_path) == ["sales.plan.py"]  # noqa: PTH208 - names are enough.
