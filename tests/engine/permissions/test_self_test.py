"""The self-test: its canaries get through where nothing holds them, and only there."""

import os
import sys
from pathlib import Path

import pytest

from codeact_lsp.engine.permissions import self_test
from codeact_lsp.engine.permissions.self_test import SelfTest, prove
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.canaries import CANARIES
from codeact_lsp.sandbox.cgroup_places import mark
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.sandbox.mechanisms import WITHHOLD, mechanisms
from codeact_lsp.sandbox.proof import PROMISED, Promise
from codeact_lsp.sandbox.tiers import Tier, attainable
from tests.sandbox.own_namespace import said_in_its_own

PYTHON = Interpreter(Path(sys.executable), "the test's own")
# What is so without a sandbox as well.
ALWAYS = {Promise.RUNS, Promise.TREE}


async def test_without_a_sandbox_every_canary_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINE", "a variable of the user")
    tried = SelfTest(PYTHON).faults(Level.OFF)
    faults = {canary.promise: fault async for canary, fault in tried}
    assert {promise for promise, fault in faults.items() if not fault} == ALWAYS
    assert not [fault for fault in faults.values() if "could not be tried" in fault]
    assert "MINE" in faults[Promise.ENVIRONMENT]


@pytest.mark.parametrize("taken", ["", "cgroup", "nested,cgroup", "userns,cgroup"])
async def test_what_the_mechanisms_promise_is_held_and_no_more(
    taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, taken)
    found = mechanisms()
    proof = await prove(PYTHON, found)
    assert proof.tier is proof.expected is attainable(found)
    assert {each.promise for each in proof.evidence if not each.ok} <= {
        promise for promise, tier in PROMISED.items() if tier > proof.tier
    }
    # The workers' groups went with them.
    folders = found.cgroup.folders if found.cgroup else ()
    assert not [left for folder in folders for left in folder.glob(f"{mark()}{os.getpid()}-*")]


@pytest.mark.parametrize(
    ("taken", "broken"),
    [("landlock,cgroup", Promise.SECRETS), ("seccomp,cgroup", Promise.PROCESSES)],
)
async def test_without_one_of_the_kernels_own_nothing_is_enforced(
    taken: str, broken: Promise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, taken)
    proof = await prove(PYTHON, mechanisms())
    assert proof.tier is Tier.NONE
    assert broken in {each.promise for each in proof.evidence if not each.ok}


async def test_a_python_that_does_not_work_shows_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "bin" / "python"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 3\n", encoding="ascii")
    broken.chmod(0o755)
    test = SelfTest(Interpreter(broken, "the test's own"))
    faults = [fault async for _, fault in test.faults(Level.STRICT, CANARIES[:2])]
    assert all(fault.startswith("it could not be tried: ") for fault in faults)
    assert str(broken) in faults[0]


async def test_a_python_that_never_begins_is_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "_PATIENCE_SECONDS", 0.5)
    endless = tmp_path / "bin" / "python"
    endless.parent.mkdir()
    endless.write_text("#!/bin/sh\nexec sleep 600\n", encoding="ascii")
    endless.chmod(0o755)
    proof = await prove(Interpreter(endless, "the test's own"), mechanisms())
    assert proof.tier is Tier.NONE
    first, *others = proof.evidence
    assert first.found == "it could not be tried: it takes too long"
    assert {each.found for each in others} == {"not tried"}


def test_a_limit_that_lets_one_node_run_and_not_the_next_is_named(tmp_path: Path) -> None:
    tier, *lacks = said_in_its_own(tmp_path, sys.executable, "-c", _FEW).splitlines()
    assert tier == str(Tier.NONE)
    assert "namespaces: user.max_pid_namespaces is 3" in lacks


_FEW = """
import asyncio, sys
from pathlib import Path
from codeact_lsp.engine.permissions.self_test import prove
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.mechanisms import mechanisms

Path("/proc/sys/user/max_pid_namespaces").write_text("3")
proof = asyncio.run(prove(Interpreter(Path(sys.executable), "the test's own"), mechanisms()))
print(proof.tier, *(f"{lack.mechanism}: {lack.found}" for lack in proof.lacking), sep="\\n")
"""
