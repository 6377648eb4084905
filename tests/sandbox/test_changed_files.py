"""What a node may read is what there is when it starts, though its process was there before."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.session import Engine
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import START_METHOD, WITHHOLD
from tests.engine.running import Ran, run_plan
from tests.sandbox.processes import descendants

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio]

PLAN = """
    from pathlib import Path

    def data():
        '''Reads a file beside the plan.

        Cache: off
        '''
        return Path("data.csv").read_text()

    def below():
        '''Reads what there is in a folder.

        Cache: off
        '''
        return sorted(path.read_text() for path in Path("notes").iterdir())
    """


@pytest_asyncio.fixture(params=["fork", "fork without bwrap", "spawn"])
async def engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Engine]:
    method, _, withheld = request.param.partition(" without ")
    monkeypatch.setenv(START_METHOD, method)
    monkeypatch.setenv(WITHHOLD, withheld)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/one.txt").write_text("one")
    (tmp_path / "data.csv").write_text("before")
    engine = Engine(tmp_path)
    yield engine
    await engine.close()


async def run(engine: Engine, folder: Path) -> Ran:
    policy = preset(Level.STRICT, folder)
    return await run_plan(engine, folder, PLAN, policies={"data": policy, "below": policy})


async def test_a_file_that_was_saved_anew_is_read_by_the_next_node(
    engine: Engine, tmp_path: Path
) -> None:
    assert (await run(engine, tmp_path)).value("data") == "before"
    for text in ("after", "and again"):
        (tmp_path / "data.tmp").write_text(text)
        (tmp_path / "data.tmp").replace(tmp_path / "data.csv")  # As editors save.
        assert (await run(engine, tmp_path)).value("data") == text


async def test_a_file_that_is_new_is_read_and_a_new_secret_is_not(
    engine: Engine, tmp_path: Path
) -> None:
    assert (await run(engine, tmp_path)).value("below") == ["one"]
    (tmp_path / "notes/two.txt").write_text("two")
    assert (await run(engine, tmp_path)).value("below") == ["one", "two"]
    (tmp_path / "notes/key.pem").write_text("canary")
    error = (await run(engine, tmp_path)).errors["below"]
    assert error.denied == Denied("read", str(tmp_path / "notes/key.pem"))
    (tmp_path / "notes/key.pem").unlink()
    assert (await run(engine, tmp_path)).value("below") == ["one", "two"]


def waiting(zygotes: set[int]) -> set[int]:
    """The processes below zygotes that have none below them: there the next call is waited for."""
    below = {pid for zygote in zygotes for pid in descendants(zygote)}
    return {pid for pid in below if not descendants(pid)}


def holders(file: Path) -> set[int]:
    """The processes below this one that hold a file open, by whatever name it has now."""
    return {pid for pid in descendants(os.getpid()) if _holds(pid, str(file))}


async def zygotes_with(file: Path) -> set[int]:
    """Those that hold a file open for the rules of their nodes, once a process waits below them.

    Other tests have zygotes of their own.
    """
    await until(lambda: bool(waiting(_parents(holders(file)))))
    return _parents(holders(file))


def _parents(pids: set[int]) -> set[int]:
    return {pid for pid in pids if descendants(pid)}


def _holds(pid: int, file: str) -> bool:
    try:
        names = [str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return False
    return any(name.startswith(file) for name in names)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - nothing tells of what other processes do.
            await asyncio.sleep(0.05)


async def test_a_file_that_is_deleted_while_nothing_runs_takes_up_no_room(
    engine: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "large.bin"
    file.touch()
    await run(engine, tmp_path)
    zygotes = await zygotes_with(file)
    before = waiting(zygotes)
    file.unlink()
    # Of what the rules of a process are for, only its end lets go.
    await until(lambda: not holders(file) and bool(waiting(zygotes) - before))
    await until(lambda: waiting(zygotes).isdisjoint(before))
    assert (await run(engine, tmp_path)).value("data") == "before"


async def test_who_waits_is_left_alone_while_files_are_only_made(
    engine: Engine, tmp_path: Path
) -> None:
    await run(engine, tmp_path)
    zygotes = await zygotes_with(tmp_path / "data.csv")
    before = waiting(zygotes)
    (tmp_path / "other.csv").touch()
    await asyncio.sleep(2)  # Longer than files are held that were deleted.
    assert waiting(zygotes) == before
