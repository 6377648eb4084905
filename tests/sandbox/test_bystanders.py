"""A node that can leave nothing behind is made again if another one's end took its worker along."""

import os
import signal
import sys
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.zygote import Patience
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from tests.engine.running import Ran, write_plan
from tests.sandbox.processes import descendants

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio]

PLAN = """
    import time

    def endless():
        "Timeout: 1 s"
        while True:
            pass

    def beside():
        print("began", flush=True)
        time.sleep(4)
        return 7
    """


async def test_a_confined_node_is_made_again_in_another_worker(tmp_path: Path) -> None:
    ran = await beside_what_is_not_ended(tmp_path)
    assert ran.errors["endless"].category == "timeout"
    assert ran.value("beside") == 7
    assert ran.output("beside") == "began\nbegan\n"


async def test_a_node_that_nothing_holds_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "landlock")
    ran = await beside_what_is_not_ended(tmp_path)
    assert ran.errors["beside"].message.startswith("It was ended along with its worker")
    assert ran.output("beside") == "began\n"


async def beside_what_is_not_ended(tmp_path: Path) -> Ran:
    """What came of the plan; its worker ends no node when it is told to."""
    python = Interpreter(Path(sys.executable), "")
    engine = Engine(tmp_path, sys.executable, LocalExecutor(python, patience=Patience(kill=0.5)))
    plan, file = write_plan(tmp_path, PLAN)
    before = set(descendants(os.getpid()))
    policies = dict.fromkeys(plan.nodes, preset(Level.STRICT, tmp_path))
    told: list[events.Event] = []
    async for event in engine.run(make_job(plan, file, select(plan), policies=policies)):
        if isinstance(event, events.NodeOutput) and not ran_before(told):
            # The zygote among them: from now on it neither ends a node nor tells of one.
            for process in set(descendants(os.getpid())) - before:
                os.kill(process, signal.SIGSTOP)
        told.append(event)
    await engine.close()
    return Ran(plan, engine, told)


def ran_before(told: list[events.Event]) -> bool:
    """Whether a node has written something."""
    return any(isinstance(event, events.NodeOutput) for event in told)
