"""What all tests share: a store of their own, and an engine for the tests of one module."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from codeact_lsp.engine.session import Engine
from codeact_lsp.repair.memory.file import NAME as MEMORY
from codeact_lsp.sandbox.model_keys import is_model_key
from tests.openai_server.lasting import Lasting
from tests.openai_server.server import OpenAIServer, serving

pytest.register_assert_rewrite("tests.engine.running")
# A busy machine is no defect of the code under test.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this machine was shown to enforce, found out once for all processes of all tests."""
    folder = tmp_path_factory.mktemp("proofs")
    folder.chmod(0o700)
    return folder


@pytest.fixture(scope="module", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory, proofs: Path) -> Iterator[Path]:
    """Results go to a folder of the module's own; plans have a path of their own in each test."""
    folder = tmp_path_factory.mktemp("cache")
    shutil.copytree(proofs, folder / "proofs")
    # Most tests look at what nodes do to this machine; those of the sandbox say what they want.
    (folder / "configuration").mkdir()
    (folder / "configuration" / "config.toml").write_text('[sandbox]\nlevel = "off"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CODEACT_CACHE_DIR", str(folder))
        patch.setenv("CODEACT_DATA_DIR", str(folder / "data"))
        patch.setenv("CODEACT_CONFIG_DIR", str(folder / "configuration"))
        yield folder
    if (folder / "proofs").is_dir():
        shutil.copytree(folder / "proofs", proofs, dirs_exist_ok=True)


@pytest.fixture(autouse=True)
def nothing_learnt(cache_folder: Path) -> None:
    """What one test mends must not mend the next one."""
    (cache_folder / "data" / MEMORY).unlink(missing_ok=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(cache_folder: Path) -> AsyncIterator[Engine]:
    """One engine for the module: its tests must run in the module's loop."""
    engine = Engine(cache_folder, sys.executable)
    yield engine
    await engine.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def side() -> AsyncIterator[Lasting]:
    """The one process of all tests that loads litellm: its tests must run in the session's loop."""
    side = Lasting()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if is_model_key(name)]:
            patch.delenv(name)  # What a developer uses is no part of the tests.
        yield side
        await side.end()


@pytest.fixture
def openai() -> Iterator[OpenAIServer]:
    """A model on this machine that does what the test scripts."""
    with serving() as server:
        yield server
