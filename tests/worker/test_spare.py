"""A process is forked ahead of its call; nobody can tell from what comes of the call."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan, wait_until_gone

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(cache_folder: Path) -> AsyncIterator[Engine]:
    """An engine whose one zygote has no imports to do."""
    engine = Engine(cache_folder, sys.executable)
    yield engine
    await engine.close()


def children(pid: int) -> set[int]:
    """The processes whose parent is `pid`."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def descriptors(pid: int) -> set[str]:
    """What a process holds open."""
    return {descriptor.name for descriptor in Path(f"/proc/{pid}/fd").iterdir()}


async def zygote_of(engine: Engine, folder: Path, value: int) -> int:
    """The zygote, told by a node that it forked."""
    text = f"import os\n\ndef a():\n    return [os.getppid(), {value}][0]\n"
    ran = await run_plan(engine, folder, text)
    zygote = ran.value("a")
    assert isinstance(zygote, int)
    return zygote


async def parked(zygote: int) -> int:
    """The process that waits for the next call."""
    async with asyncio.timeout(20):
        while len(found := children(zygote)) != 1:  # noqa: ASYNC110 - nothing tells of a fork.
            await asyncio.sleep(0.01)
    return found.pop()


async def test_the_next_process_waits_for_its_call(engine: Engine, tmp_path: Path) -> None:
    spare = await parked(await zygote_of(engine, tmp_path, 1))
    ran = await run_plan(engine, tmp_path, "import os\n\ndef a():\n    return os.getpid()\n")
    assert ran.value("a") == spare


async def test_one_that_was_killed_while_it_waited_is_replaced(
    engine: Engine, tmp_path: Path
) -> None:
    spare = await parked(await zygote_of(engine, tmp_path, 2))
    os.kill(spare, signal.SIGKILL)
    await wait_until_gone(spare)
    ran = await run_plan(engine, tmp_path, "import os\n\ndef a():\n    return os.getpid() + 0\n")
    assert ran.value("a") != spare


async def test_it_holds_nothing_open_but_the_way_that_its_call_comes(
    engine: Engine, tmp_path: Path
) -> None:
    spare = await parked(await zygote_of(engine, tmp_path, 3))
    async with asyncio.timeout(20):
        while descriptors(spare) != {"0", "1", "2", "3"}:  # noqa: ASYNC110 - nothing tells of it.
            await asyncio.sleep(0.01)


async def test_it_ends_with_the_engine(cache_folder: Path, tmp_path: Path) -> None:
    engine = Engine(cache_folder, sys.executable)
    zygote = await zygote_of(engine, tmp_path, 4)
    spare = await parked(zygote)
    await engine.close()
    await wait_until_gone(zygote)
    await wait_until_gone(spare)
