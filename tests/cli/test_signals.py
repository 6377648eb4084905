"""How `codeact` ends when it is told to, and that nothing it started stays behind."""

import asyncio
import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from codeact_lsp.cli import jobs
from tests.leftovers import Marked

CODEACT = str(Path(sys.executable).with_name("codeact"))

ENDLESS = """\
import subprocess

def endless() -> None:
    print("started", flush=True)
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    while True:
        pass
"""
SLOW_TRIAL = """\
import time
from pathlib import Path

def slow() -> None:
    row = {"amount": 1}
    row["ammount"]
    Path("begun").touch()
    time.sleep(20)
    Path("ended").touch()
"""


def save(folder: Path, text: str) -> str:
    """Save a plan; return its name."""
    (folder / "it.plan.py").write_text(text, encoding="utf-8")
    return "it.plan.py"


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -15), (signal.SIGKILL, -9)],
    ids=["interrupted", "terminated", "killed"],
)
def test_however_the_command_ends_its_nodes_end_with_it(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    name = save(tmp_path, ENDLESS)
    marked = Marked()
    with subprocess.Popen(
        [CODEACT, "run", name, "--json", "--timeout", "0"],
        cwd=tmp_path,
        env=marked.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        told = iter(command.stdout)
        assert next(line for line in told if "started" in line)
        assert len(marked.processes()) >= 3
        command.send_signal(number)
        rest = [json.loads(line) for line in told]
        assert command.wait() == status
        assert command.stderr.read() == ""
    assert marked.left() == []
    if number == signal.SIGINT:
        assert [event["event"] for event in rest] == ["NodeCancelled", "RunFinished"]
        assert rest[-1]["status"] == "cancelled"


def test_an_interrupt_ends_the_trial_of_a_repair_too(tmp_path: Path) -> None:
    name = save(tmp_path, SLOW_TRIAL)
    marked = Marked()
    with subprocess.Popen(
        [CODEACT, "fix", name, "--apply"],
        cwd=tmp_path,
        env=marked.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as command:
        while not (tmp_path / "begun").exists():
            assert command.poll() is None
            time.sleep(0.01)
        command.send_signal(signal.SIGINT)
        assert command.communicate()[0] == b""
        assert command.returncode == 130
    assert not (tmp_path / "ended").exists()
    assert marked.left() == []


def test_an_interrupt_while_standard_input_is_read_ends_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [CODEACT, "check", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as command:
        assert command.stdin is not None
        assert command.stdout is not None
        os.write(command.stdin.fileno(), b"#")
        while _unread(command.stdin.fileno()):
            time.sleep(0.01)
        command.send_signal(signal.SIGINT)
        assert command.stdout.read() == b""
        assert command.wait() == 130


def _unread(pipe: int) -> int:
    """How many bytes of what was written to a pipe nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_a_second_interrupt_ends_what_does_not_heed_the_first() -> None:
    async def deaf(stop: asyncio.Event) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        await stop.wait()
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(1_000)
        return 0

    with pytest.raises(KeyboardInterrupt):
        jobs.run_until_interrupted(deaf)
