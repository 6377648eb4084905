"""Settings that the client tells later: when it is asked, or when they change."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.server.configuration import Configuration
from codeact_lsp.server.server import PlanServer, create_server
from tests.server.pair import Wire, wired

CONFIGURES = {"workspace": {"configuration": True}}
REGISTERS = {"workspace": {"didChangeConfiguration": {"dynamicRegistration": True}}}


class Told:
    """A server that is told settings over a wire."""

    def __init__(self, server: PlanServer, wire: Wire) -> None:
        self.server = server
        self.wire = wire

    async def asked(self) -> dict[str, Any]:
        """What the server asks for."""
        return await self.wire.asked("workspace/configuration")

    async def reply(self, **reply: Any) -> None:
        """Wait until the server asks for settings, and answer it."""
        question = await self.asked()
        self.wire.send(jsonrpc="2.0", id=question["id"], **reply)
        await self.settle()

    def change(self, settings: Any = None) -> None:
        self.wire.tell("workspace/didChangeConfiguration", {"settings": settings})

    async def settle(self) -> None:
        """The server has dealt with all that it was sent."""
        await self.wire.ask("workspace/symbol", {"query": ""})

    async def messages(self) -> list[str]:
        """What the user was shown."""
        await self.settle()
        shown = [each for each in self.wire.told if each.get("method") == "window/showMessage"]
        return [each["params"]["message"] for each in shown]


@asynccontextmanager
async def telling(
    folder: Path, capabilities: dict[str, Any], options: Any = None, patience: float = 30
) -> AsyncIterator[Told]:
    server = create_server()
    server.configuration = Configuration(server, patience)
    async with wired(server, capabilities, folder, options) as wire:
        yield Told(server, wire)


async def test_a_client_that_answers_is_asked_for_the_session_and_for_each_folder(
    tmp_path: Path,
) -> None:
    async with telling(tmp_path, CONFIGURES, {"timeout": 5, "workers": 7}) as told:
        question = await told.asked()
        assert question["params"]["items"] == [
            {"section": "codeact"},
            {"section": "codeact", "scopeUri": tmp_path.as_uri()},
        ]
        result = [{"timeout": 6}, {"timeout": 7}]
        told.wire.send(jsonrpc="2.0", id=question["id"], result=result)
        await told.settle()
        session = told.server.session
        assert (session.settings.timeout, session.settings.workers) == (6, 7)
        inside = session.settings_for(tmp_path / "a.plan.py")
        assert (inside.timeout, inside.workers) == (7, 7)
        assert session.settings_for(Path("/elsewhere/a.plan.py")).timeout == 6


@pytest.mark.parametrize(
    "reply",
    [
        {"result": None},
        {"result": [None, None]},
        {"result": []},
        {"error": {"code": -32601, "message": "no"}},
    ],
    ids=["null", "nulls", "nothing", "error"],
)
async def test_a_client_that_knows_nothing_leaves_the_options(
    tmp_path: Path, reply: dict[str, Any]
) -> None:
    async with telling(tmp_path, CONFIGURES, {"timeout": 5}) as told:
        await told.reply(**reply)
        assert told.server.session.settings.timeout == 5
        told.change()
        await told.reply(result=[{"timeout": 6}, None])
        assert told.server.session.settings.timeout == 6


async def test_a_client_that_never_answers_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with telling(tmp_path, CONFIGURES, {"timeout": 5}, patience=0.01) as told:
        question = await told.asked()
        while "does not tell its settings" not in caplog.text:
            await told.settle()
        # Too late: nobody waits for it any more, and it does no harm.
        told.wire.send(jsonrpc="2.0", id=question["id"], result=[{"timeout": 6}, None])
        await told.settle()
        assert told.server.session.settings.timeout == 5


async def test_the_answer_to_an_older_question_comes_too_late(tmp_path: Path) -> None:
    async with telling(tmp_path, CONFIGURES) as told:
        first = await told.asked()
        told.change()
        await told.reply(result=[{"timeout": 6}, None])
        told.wire.send(jsonrpc="2.0", id=first["id"], result=[{"timeout": 5}, None])
        await told.settle()
        assert told.server.session.settings.timeout == 6


async def test_a_run_right_after_a_change_goes_by_it(tmp_path: Path) -> None:
    file = tmp_path / "it.plan.py"
    file.write_text("import time\n\ndef a(): time.sleep(30)\n", encoding="utf-8")
    async with telling(tmp_path, CONFIGURES) as told:
        await told.reply(result=[None, None])
        told.wire.open(file.as_uri(), file.read_text(encoding="utf-8"))
        told.change()
        question = await told.asked()
        run = {"command": "codeact.runPlan", "arguments": [{"uri": file.as_uri()}]}
        told.wire.tell("workspace/executeCommand", run, id="run")
        await told.settle()
        told.wire.send(jsonrpc="2.0", id=question["id"], result=[{"timeout": 1}] * 2)
        while (message := await told.wire.receive()).get("id") != "run":
            pass
        assert message["result"]["status"] == "failed"


@pytest.mark.parametrize(
    ("payload", "seconds"),
    [
        ({"codeact": {"timeout": 6}}, 6),
        ({"codeact": None}, 5),
        ({"python": {"timeout": 6}}, 5),
        (None, 5),
        ([], 5),
    ],
)
async def test_a_client_that_cannot_be_asked_sends_them_along(
    tmp_path: Path, payload: Any, seconds: int
) -> None:
    async with telling(tmp_path, {}, {"timeout": 5}) as told:
        told.change(payload)
        await told.settle()
        assert told.server.session.settings.timeout == seconds


async def test_a_problem_is_shown_once_however_often_settings_change(tmp_path: Path) -> None:
    async with telling(tmp_path, {}) as told:
        for workers in (0, 0, 2, 0):
            told.change({"codeact": {"workers": workers, "timeout": 9}})
        assert await told.messages() == [
            "The setting codeact.workers is 0; it has to be a whole number, 1 or more."
        ]
        assert told.server.session.settings.timeout == 9


async def test_changes_are_registered_for_where_the_client_wants_it(tmp_path: Path) -> None:
    async with telling(tmp_path, REGISTERS) as told:
        asked = await told.wire.asked("client/registerCapability")
        assert asked["params"]["registrations"] == [
            {
                "id": "codeact-settings",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": {"section": "codeact"},
            }
        ]


async def test_diagnostics_link_to_the_documentation_that_the_settings_name(
    tmp_path: Path,
) -> None:
    capabilities = {"textDocument": {"publishDiagnostics": {"codeDescriptionSupport": True}}}
    async with telling(tmp_path, capabilities) as told:
        told.wire.open("untitled:one", "def a(a): return a\n")
        first = await told.wire.asked("textDocument/publishDiagnostics")
        told.change({"codeact": {"documentation": "https://wiki.example/p"}})
        second = await told.wire.asked("textDocument/publishDiagnostics")
        links = [
            said["params"]["diagnostics"][0]["codeDescription"]["href"] for said in (first, second)
        ]
        assert links == [
            "https://codeact-lsp.readthedocs.io/en/latest/problems.html#cycle",
            "https://wiki.example/p#cycle",
        ]


async def test_a_save_goes_by_a_setting_that_the_client_is_still_asked_for(tmp_path: Path) -> None:
    hears = {**CONFIGURES, "experimental": {"codeact": {"events": True}}}
    uri = (tmp_path / "a.plan.py").as_uri()
    async with telling(tmp_path, hears) as told:
        await told.reply(result=[None, None])
        told.wire.open(uri, "def one() -> int: return 1\n")
        told.wire.change(uri, "def one() -> int: return 2\n", 2)
        told.change()
        question = await told.asked()
        told.wire.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
        await told.settle()
        result = [{"runOnSave": "affected"}, None]
        told.wire.send(jsonrpc="2.0", id=question["id"], result=result)
        event = await told.wire.asked("codeact/event")
        assert (event["params"]["event"], event["params"]["nodes"]) == ("RunStarted", ["one"])
