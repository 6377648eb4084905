"""What the tests of the agent share: a scripted model, an engine, and a desk to work at."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from codeact_lsp.model import Limits, Model, ModelSettings
from codeact_lsp.model.side_process import SideProcess
from tests.agent.desk import Desk
from tests.cli.command import Codeact
from tests.openai_server.server import MODEL, OpenAIServer, serving


@pytest.fixture
def codeact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Codeact:
    """The command, called in `tmp_path`, with no model to ask."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODEACT_MODEL", raising=False)
    return Codeact(tmp_path, capsys)


@pytest.fixture
def openai() -> Iterator[OpenAIServer]:
    with serving() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path, openai: OpenAIServer, side: SideProcess) -> AsyncIterator[Desk]:
    """A desk in an empty folder, with a model that does what the test scripts."""
    limits = Limits(first=10, between=2, whole=30, pause=0.01)
    model = Model(ModelSettings(MODEL, openai.base_url, limits), side=side)
    engine = Engine(tmp_path)
    yield Desk(tmp_path, openai, model, engine)
    await engine.close()
