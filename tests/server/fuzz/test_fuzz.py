"""Random sessions, good and bad messages mixed: each request is answered once, nothing is spoilt.

`CODEACT_FUZZ_SESSIONS` says how many sessions are tried, `CODEACT_FUZZ_SEED` which is the first.
"""

import asyncio
import logging
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.server.server import create_server
from tests.server.fuzz.messages import Maker
from tests.server.fuzz.session import COMMANDS_SENT, REQUESTS, Session
from tests.server.pair import wired

SESSIONS = int(os.environ.get("CODEACT_FUZZ_SESSIONS", "6"))
FIRST_SEED = int(os.environ.get("CODEACT_FUZZ_SEED", "0"))
STEPS = 150
PULLING = {
    "textDocument": {"diagnostic": {"dynamicRegistration": False, "relatedInformation": True}},
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "diagnostics": {"refreshSupport": True},
        "symbol": {"resolveSupport": {"properties": ["location.range"]}},
    },
}
CLIENTS: list[dict[str, Any]] = [{}, PULLING, {"general": {"positionEncodings": ["utf-8"]}}]


@asynccontextmanager
async def begun(
    folder: Path, chance: random.Random, client: dict[str, Any]
) -> AsyncIterator[Session]:
    """A session. At its end the texts agree, all has been answered once, and the server leaves."""
    server = create_server()
    async with wired(server, client, folder) as wire:
        units = wire.begun["capabilities"]["positionEncoding"]
        session = Session(wire, chance, folder, units)
        listening = asyncio.create_task(session.listen())
        try:
            yield session
            await session.answers()
            assert {
                uri: server.session.plans[uri].plan.source.text for uri in session.documents
            } == {uri: document.text for uri, document in session.documents.items()}
            assert await session.answer("shutdown", None) is None
            late = await session.answer("textDocument/hover", session.maker.params("shutdown"))
            assert late["code"] == -32600
            session.tell("exit", None)
            await listening
        finally:
            listening.cancel()
    assert session.answered == session.sent
    assert session.broken == []
    assert server.exit_status == 0


async def state(session: Session, uri: str) -> list[Any]:
    """What the server says of a document, to each kind of request that is about one."""
    maker = Maker(random.Random(0), [uri], COMMANDS_SENT)
    made = [(method, maker.params(method)) for method in REQUESTS]
    return [
        (method, params, lasting(await session.answer(method, params)))
        for method, params in made
        if isinstance(params, dict) and "textDocument" in params
    ]


def lasting(answer: Any) -> Any:
    """An answer without the names that a server gives to its answers."""
    if isinstance(answer, dict):
        return {name: lasting(part) for name, part in answer.items() if name != "resultId"}
    return [lasting(part) for part in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + SESSIONS))
async def test_any_session_ends_as_a_fresh_one_begins(
    tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(seed)
    client = CLIENTS[seed % len(CLIENTS)]
    async with begun(tmp_path, chance, client) as session:
        for _ in range(STEPS):
            session.step()
            if chance.random() < 0.3:
                await session.answers()
        await session.answers()
        known = {uri: await state(session, uri) for uri in session.documents}
    async with begun(tmp_path, chance, client) as fresh:
        for uri, document in session.documents.items():
            fresh.documents[uri] = document
            fresh.tell("textDocument/didOpen", {"textDocument": fresh.item(uri)})
        for uri in fresh.documents:
            assert await state(fresh, uri) == known[uri]
    expected_of_such_a_client(caplog)


def expected_of_such_a_client(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is logged but edits that do not fit; what is left is for the fixture `defects`."""
    told = ("didChange ", "Unable to deserialize message")
    caplog.get_records("call")[:] = [
        record
        for record in caplog.get_records("call")
        if record.levelno >= logging.ERROR and not record.getMessage().startswith(told)
    ]
