"""Nodes that were granted one host try to reach others through the proxy: those hear nothing."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, grant, preset
from tests.engine.running import Ran, run_plan
from tests.sandbox.proxied import Host, answering, hosting, surprises

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

PAYLOADS = Path(__file__).with_name("granted.plan.py").read_text(encoding="utf-8")
_HOST = re.compile(r"^Host: (.*)\r$", re.MULTILINE)
_TARGET = re.compile(r"\S+ (\S+) ")


@dataclass(frozen=True)
class Attacked:
    """What came of all payloads: what they said, and what the hosts heard."""

    ran: Ran
    granted: Host
    others: tuple[Host, ...]
    surprised: list[str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def attacked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked").resolve()
    engine = Engine(Path.cwd())
    async with (
        hosting(answering()) as granted,
        hosting() as other,
        hosting(address="::1") as other6,
    ):
        policy = grant(preset(Level.STRICT, folder), hosts=[granted.at, f"localhost:{other.port}"])
        ports = {"granted": granted.port, "other": other.port, "other6": other6.port}
        nodes = Plan.from_text(PAYLOADS).nodes
        with surprises() as surprised:
            ran = await run_plan(
                engine, folder, PAYLOADS, policies=dict.fromkeys(nodes, policy), inputs=ports
            )
            await engine.close()
        yield Attacked(ran, granted, (other, other6), surprised.found)


def test_nobody_else_is_so_much_as_connected_to(attacked: Attacked) -> None:
    assert [host.connections for host in attacked.others] == [0, 0]


def test_no_tunnel_leads_to_what_no_name_may_lead_to(attacked: Attacked) -> None:
    assert attacked.ran.value("metadata") == []


def test_the_granted_host_is_asked_for_what_was_asked_and_for_nothing_in_between(
    attacked: Attacked,
) -> None:
    asked = [found[1] for head in attacked.granted.heads if (found := _TARGET.match(head))]
    assert len(asked) == len(attacked.granted.heads)
    assert "/allowed" in asked
    assert not [target for target in asked if target.startswith("/smuggled")]
    hosts = {found for head in attacked.granted.heads for found in _HOST.findall(head)}
    assert hosts == {attacked.granted.at}


def test_the_server_outlives_it_and_so_does_the_grant(attacked: Attacked) -> None:
    assert attacked.surprised == []
    assert attacked.ran.errors == {}
    assert attacked.ran.value("many") is True
    assert attacked.ran.value("afterwards") == "hello"
