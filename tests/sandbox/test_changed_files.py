"""What a node may read is what there is when it starts, though its process was there before."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.session import Engine
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import START_METHOD, WITHHOLD
from tests.engine.running import Ran, run_plan

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
