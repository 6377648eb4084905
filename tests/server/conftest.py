"""An editor that is connected to a server, which the tests of one module share."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import attrs
import pytest
import pytest_asyncio
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from codeact_lsp.server.server import create_server
from tests.openai_server.lasting import Lasting
from tests.openai_server.server import MODEL, OpenAIServer
from tests.server.editor import MODERN, Editor
from tests.server.pair import connected

_KEEPS_KEY = attrs.evolve(MODERN, experimental={"codeact": {"events": True, "modelKey": True}})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """The module's session."""
    async with connected(tmp_path_factory.mktemp("workspace")) as editor:
        yield editor


@pytest_asyncio.fixture(loop_scope="module")
async def editor(session: Editor) -> AsyncIterator[Editor]:
    """An editor with no tab open. A test that takes it must run in the module's loop."""
    yield session
    await session.tidy()


@pytest_asyncio.fixture(loop_scope="session")
async def asker(tmp_path: Path, openai: OpenAIServer, side: Lasting) -> AsyncIterator[Editor]:
    """An editor whose user has chosen the scripted model, and keeps the key for it."""
    options = {"model": MODEL, "modelBaseUrl": openai.base_url}
    server = create_server(start_side=side.keyed_by)
    async with connected(tmp_path, _KEEPS_KEY, options, server) as editor:
        editor.answer("codeact/modelKey", lambda _: "sk-kept-by-the-editor-1")
        yield editor


@pytest.fixture(autouse=True)
def defects(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What the server would only log must not pass unseen: exceptions that nobody expected."""
    yield
    unexpected = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.ERROR and not _is_answer(record)
    ]
    assert unexpected == []


def _is_answer(record: logging.LogRecord) -> bool:
    """Whether the record is of an error that the client was given as the answer it deserves."""
    if record.getMessage().startswith("Unable to deserialize message"):
        return True  # pygls says so before it raises what we answer.
    if record.name == "asyncio":
        return False  # It tells of exceptions that nobody took.
    error = record.exc_info[1] if record.exc_info else None
    return isinstance(error, JsonRpcException) and not isinstance(error, JsonRpcInternalError)
