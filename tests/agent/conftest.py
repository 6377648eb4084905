"""What the tests of the agent share: a scripted model, an engine, and a desk to work at."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from codeact_lsp.model import Limits, Model, ModelSettings
from codeact_lsp.model.side_process import SideProcess
from tests.agent.desk import Desk, Start
from tests.cli.command import Codeact
from tests.leftovers import Marked
from tests.openai_server.server import MODEL, OpenAIServer


@pytest.fixture
def codeact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Codeact:
    """The command, called in `tmp_path`, with no model to ask."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODEACT_MODEL", raising=False)
    return Codeact(tmp_path, capsys)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path, openai: OpenAIServer, side: SideProcess) -> AsyncIterator[Desk]:
    """A desk in an empty folder, with a model that does what the test scripts."""
    limits = Limits(first=10, between=2, whole=30, pause=0.01)
    model = Model(ModelSettings(MODEL, openai.base_url, limits), side=side)
    engine = Engine(tmp_path)
    yield Desk(tmp_path, openai, model, engine)
    await engine.close()


@pytest.fixture
def marked() -> Marked:
    """An environment with a key, whose processes can be told from all others."""
    return Marked(OPENAI_API_KEY="sk-for-the-tests-0123456789")


@pytest.fixture
def start(tmp_path: Path, marked: Marked) -> Iterator[Start]:
    """Calls `codeact` as a process of its own; none outlives the test."""
    with ExitStack() as started:

        def start(*arguments: str) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "-m", "codeact_lsp", *arguments],
                cwd=tmp_path, env=marked.environment, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield start
