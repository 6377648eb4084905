"""Our own folders, and what is hidden in a home, stay closed where a workspace holds them."""

import os
from collections.abc import Iterator

import pytest

from tests.sandbox.attacks.siege import Trial, command
from tests.sandbox.attacks.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_PLAN = """
from pathlib import Path

def key(): return Path("own/data/key").read_bytes()
def results(): return [path.read_bytes()[:9] for path in Path("own/cache").glob("*.sqlite")]
def token(): return Path("home/.config/gh/hosts.yml").read_text()
def notes(): return Path("home/plain.txt").read_text()
"""


@pytest.fixture
def world() -> Iterator[World]:
    """A workspace around all that is a user's."""
    made = World.make(os.getuid())
    (made.base / "pyproject.toml").touch()
    (made.base / "around.plan.py").write_text(_PLAN, encoding="utf-8")
    for name in ("home/.config/gh/hosts.yml", "home/plain.txt"):
        path = made.base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    yield made
    made.remove()


@pytest.mark.parametrize(
    "trial",
    [Trial("strict"), Trial("strict", options=("--minimum-tier", "kernel"), withhold="bwrap")],
    ids=str,
)
def test_a_workspace_that_holds_them_opens_none(world: World, trial: Trial) -> None:
    ended = command(world, trial, "../around.plan.py")
    denied = {event["node"] for event in ended.events if event["event"] == "NodeFailed"}
    assert denied == {"key", "results", "token"}
    assert ended.preview("notes") == "text"
