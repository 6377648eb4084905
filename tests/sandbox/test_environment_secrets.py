"""What somebody has put into an environment beside its Python is closed to the nodes in it."""

import venv
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.session import Engine
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from tests.engine.running import Ran, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PLAN = """
    import os, pathlib, sys

    def settings():
        return pathlib.Path(".venv/pip.conf").read_text()

    def other_name():
        return pathlib.Path("notes.txt").read_text()

    def elsewhere():
        return pathlib.Path("venv/lib/data.txt").read_text()

    def own():
        return sys.prefix, sorted(os.listdir(".venv")), pathlib.Path(".venv/pyvenv.cfg").exists()
    """


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["", "bwrap"])
async def ran(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Path, Ran]]:
    """A run of the plan in the environment of its workspace."""
    workspace = tmp_path_factory.mktemp("workspace").resolve()
    venv.create(workspace / ".venv", symlinks=True)
    (workspace / ".venv/pip.conf").write_text("canary", encoding="utf-8")
    (workspace / "notes.txt").hardlink_to(workspace / ".venv/pip.conf")
    (workspace / "venv/lib").mkdir(parents=True)
    (workspace / "venv/lib/data.txt").write_text("canary", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WITHHOLD, request.param)
        engine = Engine(workspace, str(workspace / ".venv/bin/python"))
        policies = dict.fromkeys(
            ("settings", "other_name", "elsewhere", "own"), preset(Level.STRICT, workspace)
        )
        yield workspace, await run_plan(engine, workspace, PLAN, policies=policies)
        await engine.close()


async def test_secrets_in_it_are_closed_by_all_their_names(ran: tuple[Path, Ran]) -> None:
    workspace, run = ran
    for node, name in (("settings", ".venv/pip.conf"), ("other_name", "notes.txt")):
        assert run.errors[node].denied == Denied("read", str(workspace / name))


async def test_an_environment_in_which_no_node_runs_is_closed(ran: tuple[Path, Ran]) -> None:
    workspace, run = ran
    assert run.errors["elsewhere"].denied == Denied("read", str(workspace / "venv/lib/data.txt"))


async def test_the_rest_of_it_is_open(ran: tuple[Path, Ran]) -> None:
    workspace, run = ran
    prefix, names, found = run.value("own")
    assert prefix == str(workspace / ".venv")
    assert "pip.conf" in names
    assert found
