"""What all tests share: a store of their own, and an engine for the tests of one module."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from codeact_lsp.engine.session import Engine

pytest.register_assert_rewrite("tests.engine.running")
# A busy machine is no defect of the code under test.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="module", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Results go to a folder of the module's own; plans have a path of their own in each test."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CODEACT_CACHE_DIR", str(folder))
        patch.setenv("CODEACT_DATA_DIR", str(folder / "data"))
        yield folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(cache_folder: Path) -> AsyncIterator[Engine]:
    """One engine for the module: its tests must run in the module's loop."""
    engine = Engine(cache_folder, sys.executable)
    yield engine
    await engine.close()
