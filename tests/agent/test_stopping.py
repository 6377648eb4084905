"""`codeact plan` and `codeact agent`, told to stop: all of it ends, and the tape says so."""

import signal
import subprocess
import threading
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from codeact_lsp.tape import Tape
from codeact_lsp.tape.steps import Ended
from tests.agent import test_loop
from tests.agent.desk import Start, mends
from tests.leftovers import Marked
from tests.openai_server.script import stalls
from tests.openai_server.server import MODEL, OpenAIServer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
MENDED, ODD = map(dedent, (test_loop.MENDED, test_loop.ODD))
# A process loads litellm, which takes long on a busy machine.
PATIENCE = 120
STOPPED = Ended(status="stopped", message="It was stopped.")


@pytest.fixture
def thinking(openai: OpenAIServer) -> threading.Event:
    """Set as soon as the model has been asked; it begins to answer, and never ends."""
    asked = threading.Event()

    async def think(request: Any, body: Any) -> Any:
        asked.set()
        return await stalls("```python\n")(request, body)

    openai.script(think)
    return asked


def model(openai: OpenAIServer) -> tuple[str, ...]:
    return "--model", MODEL, "--base-url", openai.base_url


def stopped(process: "subprocess.Popen[str]", number: signal.Signals) -> tuple[int, str]:
    """The status that the process ends with when it is told to, and what it had written."""
    process.send_signal(number)
    out, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, out


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)],
    ids=["interrupted", "terminated"],
)
def test_while_the_model_writes_a_plan_its_connection_is_closed(
    *, tmp_path: Path, openai: OpenAIServer, start: Start, marked: Marked,
    thinking: threading.Event, number: signal.Signals, status: int,
) -> None:  # fmt: skip
    process = start("plan", "Sum up", "-o", "it.plan.py", "--tape", "t.jsonl", *model(openai))
    assert thinking.wait(PATIENCE)
    ended, out = stopped(process, number)
    assert (ended, out.rstrip().endswith("stopped: It was stopped.")) == (status, True)
    assert openai.wait_until_hung_up()
    assert marked.left() == []
    tape = Tape.load(tmp_path / "t.jsonl")
    assert (tape.ended, tape.fault) == (STOPPED, "")
    assert not (tmp_path / "it.plan.py").exists()


def test_work_that_was_stopped_goes_on_from_there(
    tmp_path: Path, openai: OpenAIServer, start: Start, thinking: threading.Event
) -> None:
    (tmp_path / "it.plan.py").write_text(ODD.lstrip("\n"))
    process = start("agent", "-o", "it.plan.py", "--tape", "t.jsonl", *model(openai))
    assert thinking.wait(PATIENCE)
    assert stopped(process, signal.SIGTERM)[0] == -signal.SIGTERM
    ended = Tape.load(tmp_path / "t.jsonl").ended
    assert ended
    assert ended.stuck
    # It says what was worked on.
    assert (ended.status, ended.stuck.node, ended.stuck.line) == ("stopped", "area", 3)
    openai.script(mends(MENDED))
    process = start("agent", "--resume", "t.jsonl")
    out, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "6.0 square metres" in out) == (0, True)
    assert Tape.load(tmp_path / "t.jsonl").ended == Ended(status="done")


def test_while_a_node_runs_it_ends_with_all_that_it_started(
    tmp_path: Path, start: Start, marked: Marked
) -> None:
    spin = "def spin() -> None:\n    print('here', flush=True)\n    while True:\n        pass\n"
    (tmp_path / "it.plan.py").write_text(spin)
    process = start("agent", "-o", "it.plan.py", "--tape", "t.jsonl", "--json", "--timeout", "0")
    assert process.stdout
    assert next(line for line in process.stdout if '"here' in line)
    assert stopped(process, signal.SIGINT)[0] == 130
    assert marked.left() == []
    assert Tape.load(tmp_path / "t.jsonl").ended == STOPPED
