"""Nodes that were granted a host: what they reach, and what they do not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.session import Engine
from codeact_lsp.sandbox.levels import Level, grant, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from tests.engine.running import run_plan
from tests.sandbox.proxied import answering, hosting

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

FETCH = """
    import socket, urllib.request

    def granted() -> str:
        return urllib.request.urlopen("http://{granted}/").read().decode()

    def other() -> str:
        return urllib.request.urlopen("http://{other}/").read().decode()

    def directly() -> None:
        host, port = "{granted}".split(":")
        socket.create_connection((host, int(port)))
    """


@pytest_asyncio.fixture(loop_scope="module")
async def engine() -> AsyncIterator[Engine]:
    engine = Engine(Path.cwd())
    yield engine
    await engine.close()


async def test_a_granted_host_is_reached_through_the_proxy_and_nothing_else_is(
    engine: Engine, tmp_path: Path
) -> None:
    async with hosting(answering()) as first, hosting(answering()) as second:
        policy = grant(preset(Level.STRICT, tmp_path), hosts=[first.at])
        text = FETCH.format(granted=first.at, other=second.at)
        policies = dict.fromkeys(("granted", "other", "directly"), policy)
        ran = await run_plan(engine, tmp_path, text, policies=policies)
        assert (first.connections, second.connections) == (1, 0)
    assert ran.value("granted") == "hello"
    assert ran.became["other"] == ran.became["directly"] == "failed"
    assert (ran.errors["other"].category, ran.errors["other"].denied) == (
        "denied",
        Denied("network", second.at),
    )
    assert ran.errors["directly"].notes[-1].endswith("take a client that knows proxies.")


async def test_without_a_network_of_their_own_nodes_reach_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "bwrap")
    async with hosting(answering()) as host:
        policy = grant(preset(Level.STRICT, tmp_path), hosts=[host.at])
        text = FETCH.format(granted=host.at, other=host.at)
        policies = dict.fromkeys(("granted", "other", "directly"), policy)
        ran = await run_plan(engine, tmp_path, text, policies=policies)
        assert host.connections == 0
    assert {error.category for error in ran.errors.values()} == {"denied"}
