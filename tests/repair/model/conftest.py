"""What the tests of asking a model share: a failing plan, and a scripted model."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from codeact_lsp.repair import Failure
from tests.openai_server.lasting import Lasting
from tests.openai_server.server import OpenAIServer
from tests.repair.model.reflecting import Reflecting


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def engine(cache_folder: Path) -> AsyncIterator[Engine]:
    """In the loop of the side process, which lives as long as the session."""
    engine = Engine(cache_folder, sys.executable)
    yield engine
    await engine.close()


@pytest.fixture
def reflecting(engine: Engine, tmp_path: Path, openai: OpenAIServer, side: Lasting) -> Reflecting:
    return Reflecting(engine, tmp_path, openai, side)


@pytest.fixture(scope="module")
def failures() -> dict[str, Failure]:
    """Failures that a module has seen: a plan need not be run again to be asked about."""
    return {}
