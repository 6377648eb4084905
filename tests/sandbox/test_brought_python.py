"""A workspace may bring its own Python along: it gets no more than the nodes that run in it."""

import sys
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.permissions.proofs import proven
from codeact_lsp.engine.permissions.usable import fault_with
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.confinement import container_for
from codeact_lsp.sandbox.launch import ask
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD, mechanisms
from codeact_lsp.sandbox.tiers import Tier

pytestmark = pytest.mark.e2e

PLAN = Plan.from_text("def one(): return 1\n")


@pytest.fixture
def harm(tmp_path: Path) -> Path:
    """What the Python of the workspace makes outside of it when it is started with all rights."""
    return tmp_path.resolve() / "harm"


@pytest.fixture(params=["in it", "linked to"])
def workspace(
    request: pytest.FixtureRequest, tmp_path: Path, harm: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """With an environment, or with a link to one in another folder of the same repository."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    environment = folder / ".venv"
    if request.param == "linked to":
        environment = tmp_path.resolve() / "beside"
        (folder / ".venv").symlink_to("../beside")
    python = environment / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho >{harm}\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return folder


def is_harmed(harm: Path) -> bool:
    return harm.exists()


async def ran(workspace: Path, minimum: Tier) -> events.RunFinished:
    """How a run of the plan in the workspace's Python ends."""
    strict = dict.fromkeys(PLAN.nodes, preset(Level.STRICT, workspace))
    file = workspace / "it.plan.py"
    job = make_job(PLAN, file, select(PLAN), policies=strict, minimum_tier=minimum)
    engine = Engine(workspace)
    *_, finished = [event async for event in engine.run(job)]
    await engine.close()
    assert isinstance(finished, events.RunFinished)
    return finished


@pytest.mark.parametrize("withheld", ["", "bwrap,cgroup"])
@pytest.mark.parametrize("minimum", [Tier.KERNEL, Tier.CONTAINED])
async def test_it_is_never_started_outside_of_a_container(
    workspace: Path, harm: Path, monkeypatch: pytest.MonkeyPatch, withheld: str, minimum: Tier
) -> None:
    monkeypatch.setenv(WITHHOLD, withheld)
    assert (await ran(workspace, minimum)).status == "refused"
    assert not is_harmed(harm)


async def test_where_there_is_no_container_that_is_said_with_two_ways_out(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, "bwrap,cgroup")
    message = (await ran(workspace, Tier.KERNEL)).message
    assert "the right to bring a Python along, as this workspace does, takes tier 2" in message
    assert message.endswith("Or choose a Python outside of the workspace: --interpreter PYTHON")


async def test_to_look_what_is_wrong_with_it_starts_it_no_more_than_to_prove_something(
    workspace: Path, harm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = Interpreter(workspace / ".venv/bin/python", "the workspace's", of_workspace=True)
    fault = fault_with(python)
    assert fault
    assert fault.startswith(f"{python.path} is no Python that works: ")
    monkeypatch.setenv(WITHHOLD, "bwrap,cgroup")
    assert fault_with(python) is None
    shown = await proven(python, afresh=True)
    assert (shown.tier, {each.found for each in shown.evidence}) == (Tier.NONE, {"not tried"})
    assert {each.remedy for each in shown.evidence} == {f"Unset the variable {WITHHOLD}."}
    assert mechanisms().bubblewrap is None
    assert not is_harmed(harm)


ENDLESS = {
    "memory": "import sys; kept = []; [kept.append(bytearray(1 << 24)) for _ in iter(int, 1)]",
    "output": "import os; [os.write(1, b'x' * 65536) for _ in iter(int, 1)]",
    "complaints": "import os; [os.write(2, b'x' * 65536) for _ in iter(int, 1)]",
}


@pytest.mark.parametrize("what", ENDLESS)
def test_what_it_takes_and_says_when_it_is_looked_at_has_an_end(what: str) -> None:
    found = mechanisms()
    assert found.bubblewrap is not None
    container = container_for(Path(sys.executable), found)
    ended = ask(Path(sys.executable), ENDLESS[what], 60, container)
    assert ended.returncode != 0
    assert len(ended.stdout) <= 2**20
    assert len(ended.stderr) <= 2**20
    assert ("MemoryError" in ended.stderr) == (what == "memory")


def test_packages_without_an_end_are_told_of(tmp_path: Path) -> None:
    packages = tmp_path / ".venv/lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    (tmp_path / ".venv/bin").mkdir()
    (tmp_path / ".venv/bin/python").symlink_to(Path(sys.executable).resolve())
    home = Path(sys.executable).resolve().parent
    (tmp_path / ".venv/pyvenv.cfg").write_text(f"home = {home}\n", encoding="utf-8")
    (packages / "endless.pth").symlink_to("/dev/zero")
    python = Interpreter(tmp_path / ".venv/bin/python", "the workspace's", of_workspace=True)
    # Whichever comes first: there is no more memory, or it has taken too long.
    assert fault_with(python) in {
        f"{python.path} does not answer",
        f"{python.path} is no Python that works: MemoryError",
        f"{python.path} is no Python that works:   <no Python frame>",
    }
