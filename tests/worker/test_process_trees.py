"""What a node starts does not outlive it, however the node ends and however well it hides."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.session import Engine
from tests.engine.running import marked, run_plan, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

# `sleep` adds its arguments up, so that the second one can be a mark that no other process bears.
STARTS = {
    "a child": """
        subprocess.Popen(COMMAND)
    """,
    "a child in a session of its own": """
        subprocess.Popen(COMMAND, start_new_session=True)
    """,
    "a child in a group of its own": """
        subprocess.Popen(COMMAND, process_group=0)
    """,
    "a grandchild whose parent has ended": """
        subprocess.run(["sh", "-c", shlex.join(COMMAND) + " &"])
    """,
    "a daemon, forked twice": """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execvp(COMMAND[0], COMMAND)
            os._exit(0)
    """,
    "a child that closed all descriptors and ignores signals": """
        if os.fork() == 0:
            for number in range(1, 32):
                if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD):
                    signal.signal(number, signal.SIG_IGN)
            os.setsid()
            os.closerange(0, 256)
            os.execvp(COMMAND[0], COMMAND)
    """,
    "a process that is always another one": """
        os.system(shlex.join(COMMAND) + " &")
        if os.fork() == 0:
            os.setsid()
            deadline = time.monotonic() + 60
            while os.fork() == 0 and time.monotonic() < deadline:
                pass
            os._exit(0)
    """,
    "a whole tree": """
        inner = "sh -c '" + shlex.join(COMMAND) + "' & setsid " + shlex.join(COMMAND) + " & wait"
        subprocess.Popen(["sh", "-c", inner], start_new_session=True)
    """,
}
ENDS = {
    "returns": ("return 1", "ran"),
    "fails": ("raise ValueError", "failed"),
    "exits": ("os._exit(0)", "failed"),
    "crashes": ("os.abort()", "failed"),
}


def marks(mark: str) -> list[int]:
    """The processes that bear a mark in their arguments."""
    return list(_marks(mark.encode()))


def _marks(mark: bytes) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "cmdline").read_bytes():
                yield int(folder.name)
        except OSError:
            continue


async def wait_until_unmarked(mark: str) -> None:
    async with asyncio.timeout(20):
        while marks(mark):  # noqa: ASYNC110 - nothing tells when a process of others ends.
            await asyncio.sleep(0.01)


def plan(mark: str, start: str, end: str) -> str:
    """A plan that starts something, sees it run, and ends."""
    body = marked(start)[0].strip().replace("\n", "\n    ")
    return f"""
import os, shlex, signal, subprocess, time
from pathlib import Path

COMMAND = ["sleep", "3600", "{mark}"]

def a():
    {body}
    while not any(_marked()):
        time.sleep(0.005)
    print("started")
    {end}

def _marked():
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes().startswith(b"sleep") and b"{mark}" in path.read_bytes()
        except OSError:
            continue
"""


@pytest.fixture
def mark() -> str:
    return f"0.{secrets.randbelow(10**15):015}"


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
async def test_a_node_that_returns_leaves_nothing_behind(
    engine: Engine, tmp_path: Path, mark: str, start: str
) -> None:
    ran = await run_plan(engine, tmp_path, plan(mark, start, "return 1"), timeout=20)
    assert ran.became == {"a": "ran"}
    await wait_until_unmarked(mark)


@pytest.mark.parametrize(("end", "became"), ENDS.values(), ids=ENDS.keys())
async def test_however_a_node_ends_nothing_is_left(
    engine: Engine, tmp_path: Path, mark: str, end: str, became: str
) -> None:
    text = plan(mark, STARTS["a daemon, forked twice"], end)
    ran = await run_plan(engine, tmp_path, text, timeout=20)
    assert ran.became == {"a": became}
    await wait_until_unmarked(mark)


async def test_a_node_that_is_cancelled_leaves_nothing_behind(
    engine: Engine, tmp_path: Path, mark: str
) -> None:
    text = plan(mark, STARTS["a whole tree"], "while True: pass")
    read, file = write_plan(tmp_path, text)
    run = engine.run(make_job(read, file, select(read)))
    async for event in run:
        if isinstance(event, events.NodeOutput):
            assert marks(mark)
            run.cancel()
    await wait_until_unmarked(mark)


async def test_a_zygote_that_is_killed_leaves_nothing_behind_either(
    engine: Engine, tmp_path: Path, mark: str
) -> None:
    end = "print('zygote', os.getppid())\n    while True: pass"
    read, file = write_plan(tmp_path, plan(mark, STARTS["a whole tree"], end))
    async for event in engine.run(make_job(read, file, select(read))):
        if isinstance(event, events.NodeOutput) and "zygote" in event.text:
            assert marks(mark)
            os.kill(int(event.text.split()[-1]), signal.SIGKILL)
    await wait_until_unmarked(mark)


async def test_what_other_nodes_started_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    text = """
    import subprocess, time
    from pathlib import Path

    def a():
        subprocess.run(["sh", "-c", "(touch started; sleep 0.3; touch ended) &"])
        _wait_for("ended")

    def b():
        _wait_for("started")

    def _wait_for(name):
        while not Path(name).exists():
            time.sleep(0.005)
    """
    ran = await run_plan(engine, tmp_path, text, timeout=20)
    assert ran.became == {"b": "ran", "a": "ran"}


SERVER = """
import asyncio, sys
from pathlib import Path
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan

async def main():
    file = Path(sys.argv[1])
    plan = Plan.from_text(file.read_text())
    job = make_job(plan, file, select(plan), mode="parallel")
    async for event in Engine(file.parent, sys.executable).run(job):
        print(type(event).__name__, flush=True)

asyncio.run(main())
"""
ENDS_LATER = """
def b():
    while not Path("go").exists():
        time.sleep(0.005)
    Path("gone").write_text(str(os.getpid()))
"""


@contextmanager
def server_on(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that runs the plan in a folder, once a node has printed something."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder / "it.plan.py")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with server:
        assert server.stdout is not None
        assert "NodeOutput\n" in iter(server.stdout.readline, "")
        yield server
        os.kill(server.pid, signal.SIGKILL)


async def test_a_server_that_is_killed_leaves_nothing_behind(tmp_path: Path, mark: str) -> None:
    write_plan(tmp_path, plan(mark, STARTS["a child"], "while True: pass"))
    with server_on(tmp_path):
        assert marks(mark)
    await wait_until_unmarked(mark)


async def test_nor_does_one_that_has_not_read_what_it_was_told(tmp_path: Path, mark: str) -> None:
    write_plan(tmp_path, plan(mark, STARTS["a child"], "while True: pass") + ENDS_LATER)
    with server_on(tmp_path) as server:
        os.kill(server.pid, signal.SIGSTOP)
        (tmp_path / "go").touch()
        async with asyncio.timeout(20):
            while not (ended := tmp_path / "gone").exists() or _runs(ended):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert marks(mark)
    await wait_until_unmarked(mark)


def _runs(told: Path) -> bool:
    """Whether the process runs whose number is in a file."""
    return not (number := told.read_text()) or Path("/proc", number).exists()
