"""What has to work however nodes are confined: a sandbox in which nothing runs is safe as well.

`CODEACT_ATTACKS=all` tries it at all levels, and on machines that have less, as the attacks.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import said
from tests.sandbox.attacks.siege import Ended, Trial, command
from tests.sandbox.attacks.world import LASTING, NOBODY, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_HERE = Path(__file__).parent
_USERS = (0, NOBODY) if os.getuid() == 0 else (os.getuid(),)
_KERNEL = ("--minimum-tier", "kernel")
_TRIALS = [
    *(Trial("strict", user) for user in _USERS),
    Trial("standard"),
    Trial("strict", withhold="nested"),
    Trial("strict", options=_KERNEL, withhold="bwrap"),
]
_MORE = [
    Trial("write"),
    Trial("network"),
    *(Trial("standard", user) for user in _USERS if user),
    *(Trial("strict", user, withhold="nested") for user in _USERS if user),
    *(Trial("strict", user, _KERNEL, withhold="bwrap") for user in _USERS if user),
    *(Trial("standard", user, withhold="cgroup") for user in _USERS),
]
_LEAST_CONTROLS = 25
# What lies in /tmp and has to be seen would be hidden by one of the node's own, so that it has none
# then. That holds for the Python of these tests as well.
_IN_TMP = Path(sys.prefix).resolve().is_relative_to(tempfile.gettempdir())
# Without namespaces of its own a node has a folder for scratch files, and no /tmp and no memory to
# share; without a container it cannot change modes either.
_MISSED = {
    "nested": {"in_tmp", "locks_of_processes"},
    "bwrap": {"in_tmp", "locks_of_processes", "copies"},
}
_UNSHOWN = "too much to show"
_WRONG = "wrong"


@pytest.fixture(params=_USERS, ids=("root", "user")[: len(_USERS)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World.make(request.param, LASTING)
    yield made
    made.remove()


def run(world: World, trial: Trial, plan: str) -> Ended:
    """Run a plan of this folder, in a folder of the workspace, with what it needs beside it."""
    folder = world.workspace / "plans"
    folder.mkdir()
    shutil.copy(_HERE / plan, folder)
    (folder / "numbers.txt").write_text("1\n2\n", encoding="utf-8")
    (folder / "beside.py").write_text("def twice(number): return 2 * number\n", encoding="utf-8")
    inputs = ("--input", f"workspace={world.workspace}") if plan == "everyday.plan.py" else ()
    return command(world, trial, f"plans/{plan}", *inputs)


@pytest.mark.parametrize(
    "trial",
    [*_TRIALS, *(_MORE if os.environ.get("CODEACT_ATTACKS") == "all" else ())],
    ids=str,
)
def test_everyday_work_is_done(trial: Trial) -> None:
    world = World.make(trial.user, LASTING)
    ended = run(world, trial, "everyday.plan.py")
    world.remove()
    failed = {
        event["node"]: event["error"]["message"]
        for event in ended.events
        if event["event"] == "NodeFailed"
    }
    error = failed.pop(_WRONG)
    allowed = _MISSED.get(trial.withhold, {"in_tmp"} if _IN_TMP else set())
    assert {node: why for node, why in failed.items() if node not in allowed} == {}
    assert len(ended.ends) > _LEAST_CONTROLS
    assert error == "'b'"
    assert _UNSHOWN not in ended.out


def test_a_failure_is_where_it_is(world: World) -> None:
    ended = run(world, Trial("strict", world.user), "everyday.plan.py")
    (failed,) = (event for event in ended.of(_WRONG) if "error" in event)
    text = (_HERE / "everyday.plan.py").read_text(encoding="utf-8")
    assert said(failed["error"]["range"], text) == 'orders["b"]'


def test_processes_are_of_use_where_they_are_allowed(world: World) -> None:
    ended = run(world, Trial("standard", world.user), "with_processes.plan.py")
    failed = {event["node"]: event["error"] for event in ended.events if "error" in event}
    assert failed == {}
    assert len(ended.ends) == 11
    assert _UNSHOWN not in ended.out
