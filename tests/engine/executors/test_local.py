"""Calls on this machine: how workers are shared, and what comes of a call that cannot be run."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.engine.executors.execution import LocalExecution
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.protocol import Began, Call, Output
from codeact_lsp.engine.executors.zygote import Zygote
from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.levels import Level, Policy, preset
from tests.engine.running import alive, wait_until_gone
from tests.leftovers import children

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

HELLO = 'import os\n\ndef a():\n    print("hello", os.getpid())\n    return 1\n'


def executor_of(path: str) -> LocalExecutor:
    return LocalExecutor(Interpreter(Path(path), ""), most_zygotes=2)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def executor() -> AsyncIterator[LocalExecutor]:
    executor = executor_of(sys.executable)
    yield executor
    await executor.close()


@pytest.fixture
def call(tmp_path: Path) -> Iterator[Callable[..., Call]]:
    """Makes calls of node `a` of a text, each with a blob of its own."""
    blobs: list[int] = []

    def make(text: str = HELLO, **fields: Any) -> Call:
        blobs.append(os.open(tmp_path, os.O_TMPFILE | os.O_RDWR))
        return Call("a", text, tmp_path / "x.plan.py", blobs[-1], **fields)

    yield make
    for blob in blobs:
        os.close(blob)


async def told(execution: LocalExecution) -> tuple[list[Began | Output], Outcome]:
    """What an execution told, and its outcome."""
    *before, outcome = [item async for item in execution]
    assert isinstance(outcome, Outcome)
    return [item for item in before if not isinstance(item, Outcome)], outcome


async def test_a_start_whose_caller_gives_up_is_there_for_the_next_one_and_ends_with_all() -> None:
    executor = executor_of(sys.executable)
    policy = preset(Level.STRICT)
    others = children()

    async def use() -> Zygote:
        async with executor.zygote((), policy) as zygote:
            return zygote

    first, second = asyncio.create_task(use()), asyncio.create_task(use())
    await asyncio.sleep(0)  # The first one has asked; what confines the worker is being looked for.
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    started = children() - others
    assert started
    zygote = await second
    assert children() - others == started
    assert await use() is zygote
    await executor.close()
    assert zygote.is_gone
    assert not children() & started


async def test_a_call_begins_writes_and_ends(
    executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    (began, written), outcome = await told(executor.start(call()))
    assert began == Began()
    assert isinstance(written, Output)
    assert written.stream == "stdout"
    assert written.text.startswith("hello ")
    assert outcome.error is None


async def test_calls_with_the_same_imports_share_a_worker_and_the_one_unused_for_longest_ends(
    executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    async def worker_of(preload: str) -> int:
        made = call("import os\n\ndef a():\n    print(os.getppid())\n", preload=(preload,))
        (_, written), _ = await told(executor.start(made))
        assert isinstance(written, Output)
        return int(written.text)

    of_json, of_csv, again = [await worker_of(name) for name in ("json", "csv", "json")]
    assert of_json == again != of_csv
    of_abc = await worker_of("abc")
    assert [alive(worker) for worker in (of_json, of_csv, of_abc)] == [True, False, True]


async def test_the_worker_of_trials_on_copies_ends_before_those_of_runs(tmp_path: Path) -> None:
    executor = executor_of(sys.executable)
    (tmp_path / "out").mkdir()
    (tmp_path / "copy").mkdir()
    run = preset(Level.STRICT, tmp_path)
    trial = replace(run, doubles=((tmp_path / "out", tmp_path / "copy"),))

    async def used(preload: tuple[str, ...], policy: Policy) -> Zygote:
        async with executor.zygote(preload, policy) as zygote:
            return zygote

    first, copies = await used((), run), await used((), trial)
    assert not first.closed
    second = await used(("decimal",), run)
    assert [each.closed for each in (first, copies, second)] == [False, True, False]
    await executor.close()


async def test_a_worker_that_is_about_to_be_used_does_not_end(
    executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    preloads = [("json",), ("csv",), ("abc",), ("glob",), ("enum",)]
    executions = [executor.start(call(preload=preload)) for preload in preloads]
    outcomes = [outcome for _, outcome in await asyncio.gather(*map(told, executions))]
    assert [outcome.error for outcome in outcomes] == [None] * 5


async def test_a_call_that_was_stopped_before_it_could_begin_never_does(
    executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    execution = executor.start(call())
    execution.stop()
    before, outcome = await told(execution)
    assert before == []
    assert outcome.error is not None
    assert outcome.error.category == "stopped"


async def test_a_node_that_takes_too_many_values_fails_alone(
    executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    waiting = executor.start(call("import time\n\ndef a():\n    time.sleep(0.3)\n"))
    null = os.open(os.devnull, os.O_RDONLY)
    stored = {f"n{index}": null for index in range(241)}
    _, outcome = await told(executor.start(call(stored=stored)))
    os.close(null)
    assert outcome.error is not None
    assert outcome.error.message == (
        "The worker cannot run: it takes 241 values of other nodes, more than 240"
    )
    assert (await told(waiting))[1].error is None


async def test_as_many_values_as_may_be_arrive(
    executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    names = [f"n{index}" for index in range(240)]
    made = call("def a():\n    return list(range(1000))\n")
    await told(executor.start(made))
    text = f"def a({', '.join(names)}):\n    print(len(locals()), n239[999])\n"
    taken = call(text, stored=dict.fromkeys(names, made.blob))
    (_, written), outcome = await told(executor.start(taken))
    assert written == Output("stdout", "240 999\n")
    assert outcome.error is None


@pytest.mark.parametrize(
    ("interpreter", "message"),
    [
        ("/nowhere/python", "The worker cannot run: /nowhere/python does not start: "),
        ("/bin/false", "The worker cannot run: /bin/false is no Python that works: exit status 1;"),
    ],
)
async def test_an_interpreter_that_is_none_is_a_clear_failure(
    call: Callable[..., Call], interpreter: str, message: str
) -> None:
    executor = executor_of(interpreter)
    before, outcome = await told(executor.start(call()))
    await executor.close()
    assert before == []
    assert outcome.error is not None
    assert outcome.error.message.startswith(message)
    assert outcome.error.category == "crash"


async def test_closing_ends_what_runs(call: Callable[..., Call]) -> None:
    executor = executor_of(sys.executable)
    text = "import os\n\ndef a():\n    print(os.getpid())\n    while True: pass\n"
    items = aiter(executor.start(call(text)))
    assert await anext(items) == Began()
    written = await anext(items)
    assert isinstance(written, Output)
    await executor.close()
    outcome = await anext(items)
    assert isinstance(outcome, Outcome)
    assert outcome.error is not None
    await wait_until_gone(int(written.text))


LINGERS = """
import os, time

def a():
    os.write(3, b'{"ok": false, "error": {"type": "E", "message": "", "category": "user"}}')
    time.sleep(2)
    os._exit(%d)
"""


@pytest.mark.parametrize(("status", "counts"), [(0, False), (1, True)])
async def test_what_comes_after_a_call_has_told_how_it_ended_is_not_its_time(
    status: int, counts: bool, executor: LocalExecutor, call: Callable[..., Call]
) -> None:
    _, outcome = await told(executor.start(call(LINGERS % status)))
    assert (outcome.usage.wall > 2) is counts
