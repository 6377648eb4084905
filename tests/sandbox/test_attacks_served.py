"""Payloads that a server runs, as an editor starts it: nothing is achieved, and the editor is told.

By default it is some classes; `CODEACT_ATTACKS=all` tries all.
"""

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pytest

from tests.e2e.served import Served
from tests.sandbox.attacks.interpreters import interpreter_of
from tests.sandbox.attacks.payloads import PLANS, PayloadPlan
from tests.sandbox.attacks.siege import Ended, Trial, besieged, environment, lay
from tests.sandbox.attacks.world import LASTING, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

_USUAL = {"forging", "reading", "writing"}
_ALL = os.environ.get("CODEACT_ATTACKS") == "all"


class _Session(Served):
    """A session of which all is kept that the server says; it answers nothing."""

    def __init__(
        self, folder: Path, stderr: IO[bytes], command: Sequence[str], **variables: str
    ) -> None:
        self.said: list[dict[str, Any]] = []
        super().__init__(folder, stderr, command, **variables)

    def receive(self) -> dict[str, Any]:
        self.said.append(super().receive())
        return self.said[-1]


class _Server:
    """Runs a plan of a world as an editor does, and looks at each of its nodes afterwards."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    def __call__(self, world: World, trial: Trial, plan: str, *_options: str) -> Ended:
        with tempfile.TemporaryFile() as stderr:
            command = [interpreter_of(world), "-P", "-m", "codeact_lsp", "serve"]
            # As of a user who has set nothing: other tests run what they trust, unconfined.
            configuration = str(world.base / "own/configuration")
            variables = environment(world, trial) | {"CODEACT_CONFIG_DIR": configuration}
            session = _Session(world.workspace, stderr, command, **variables)
            with session.process:
                self._carry_out(session, world.workspace / plan)
            self.said = session.said
            events = [each["params"] for each in self.said if each.get("method") == "codeact/event"]
            out = "\n".join(map(json.dumps, events))
            return Ended(session.process.returncode, out, session.errors())

    def _carry_out(self, session: Served, file: Path) -> None:
        session.uri = file.as_uri()
        text = file.read_text(encoding="utf-8")
        session.begin(text)
        session.run()
        session.answer(2)
        document = {"uri": session.uri}
        for number, line in enumerate(text.splitlines()):
            if line.startswith("def "):
                place = {"line": number, "character": len("def ")}
                params = {"textDocument": document, "position": place}
                session.send(id=1000 + number, method="textDocument/hover", params=params)
                session.answer(1000 + number)
        session.send(id=3, method="textDocument/codeLens", params={"textDocument": document})
        session.answer(3)
        session.send(id=4, method="shutdown")
        session.answer(4)
        session.send(method="exit")
        session.ended()


@pytest.mark.parametrize(
    "plan", [plan for plan in PLANS if _ALL or plan.name in _USUAL], ids=lambda plan: plan.name
)
def test_no_payload_achieves_anything_through_a_server(plan: PayloadPlan) -> None:
    server = _Server()
    trial = Trial("strict", folder=LASTING)
    with besieged(trial.user, trial.folder) as world:
        siege = lay(world, plan, trial, server)
        told = json.dumps(server.said)
        assert [name for name, canary in world.canaries.items() if canary in told] == []
    assert {name: effects for name, effects in siege.effects.items() if effects} == {}
    assert siege.unexplained == set()
    assert siege.left == []
    assert siege.ended.status == 0
    assert siege.ended.err == ""
    assert siege.ended.ends.keys() == set(plan.nodes)
