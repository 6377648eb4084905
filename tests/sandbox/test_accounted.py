"""What nodes used is told to whoever runs the command, root or not, with and without groups."""

import os
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest

from tests.sandbox.attacks.siege import Trial, command
from tests.sandbox.attacks.world import LASTING, NOBODY, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

MB = 1_000_000
_USERS = (0, NOBODY) if os.getuid() == 0 else (os.getuid(),)
PLAN = """
import os, tempfile, time

def computes():
    while time.process_time() < 0.5:
        pass

def holds():
    held = bytearray(200_000_000)
    held[::4096] = b"1" * len(held[::4096])

def moves():
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 5_000_000)
        file.seek(0)
        return len(file.read())

def fails():
    held = bytearray(200_000_000)
    held[::4096] = b"1" * len(held[::4096])
    raise ValueError

def holds_below():
    if os.fork() == 0:
        holds()
        os._exit(0)
    os.wait()
"""


@pytest.fixture(params=_USERS, ids=("root", "user")[: len(_USERS)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World.make(request.param, LASTING)
    (made.workspace / "it.plan.py").write_text(dedent(PLAN), encoding="utf-8")
    yield made
    made.remove()


def used(world: World, level: str, withhold: str) -> dict[str, dict[str, Any]]:
    """What each node is said to have used."""
    trial = Trial(level, world.user, withhold=withhold)
    ended = command(world, trial, "it.plan.py", "--no-cache")
    return {event["node"]: event["usage"] for event in ended.events if "usage" in event}


@pytest.mark.parametrize("withhold", ["", "cgroup"])
def test_what_a_node_used_is_what_it_used(world: World, withhold: str) -> None:
    told = used(world, "standard", withhold)
    assert told["computes"]["cpu"] >= 0.45
    for node in ("holds", "fails", "holds_below"):
        assert 200 * MB <= told[node]["memory"] < 300 * MB
    for name in ("read", "written"):
        assert 5 * MB <= told["moves"][name] < 5.1 * MB


def test_the_strict_level_tells_as_much(world: World) -> None:
    told = used(world, "strict", "")
    assert told["computes"]["cpu"] >= 0.45
    assert 200 * MB <= told["fails"]["memory"] < 300 * MB
    assert 5 * MB <= told["moves"]["written"] < 5.1 * MB
    assert told["holds_below"]["memory"] < 100 * MB  # It may not start a process.
