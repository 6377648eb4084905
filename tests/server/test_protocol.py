"""What we override of pygls: one test a defect that was mended. For `exit` see `tests/e2e`."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcRequestCancelled

from codeact_lsp.server.server import create_server
from tests.server.editor import Editor
from tests.server.pair import Wire, connected, wired

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOVER = {"textDocument": {"uri": "file:///nothing"}, "position": {"line": 0, "character": 0}}
SLEEPS = """
    import time

    def sleeps():
        time.sleep(60)
    """


async def check_refused(method: str, params: Any, code: int, message: str) -> None:
    """A request is answered by an error, and the server takes the next one."""
    async with wired() as wire:
        answer = await wire.answer(method, params, number=7)
        assert (answer["id"], answer["error"]["code"]) == (7, code)
        assert answer["error"]["message"] == message
        assert (await wire.answer("textDocument/hover", HOVER, number=8))["id"] == 8


async def test_a_cancelled_request_ends_the_run_of_its_command(editor: Editor) -> None:
    plan = editor.open(SLEEPS)
    params = lsp.ExecuteCommandParams(command="codeact.runPlan", arguments=[{"uri": plan.uri}])
    asked = editor.protocol.send_request(lsp.WORKSPACE_EXECUTE_COMMAND, params, msg_id="run-1")
    await editor.until_event("NodeStarted")
    editor.cancel_request(lsp.CancelParams(id="run-1"))
    assert (await editor.until_event("RunFinished")).status == "cancelled"
    assert [told.event for told in editor.events[-2:]] == ["NodeCancelled", "RunFinished"]
    assert isinstance(asked.exception(timeout=0), JsonRpcRequestCancelled)
    assert await plan.lenses() == {"": ["▶ Run plan (1 of 1 to run)"], "sleeps": ["▶ Run"]}


async def test_shutdown_ends_a_command_in_flight_and_both_are_answered(tmp_path: Path) -> None:
    server = create_server()
    async with connected(tmp_path, server=server) as editor:
        plan = editor.open(SLEEPS)
        params = lsp.ExecuteCommandParams(command="codeact.runPlan", arguments=[{"uri": plan.uri}])
        asked = editor.protocol.send_request(lsp.WORKSPACE_EXECUTE_COMMAND, params)
        await editor.until_event("NodeStarted")
        await editor.shutdown_async(None)
        assert asked.result(timeout=0)["status"] == "cancelled"


async def test_a_request_after_shutdown_is_refused(tmp_path: Path) -> None:
    async with wired() as wire:
        assert (await wire.answer("shutdown"))["result"] is None
        refused = await wire.answer("textDocument/hover", HOVER, number=2)
        assert (refused["id"], refused["error"]["code"]) == (2, -32600)
        assert refused["error"]["message"] == "The server has been shut down."


async def test_malformed_parameters_are_answered_with_their_place() -> None:
    await check_refused(
        "textDocument/hover",
        {"textDocument": {"uri": "file:///nothing"}},
        -32602,
        "textDocument/hover: required field missing @ request.params.position",
    )
    await check_refused(
        "textDocument/hover",
        {**HOVER, "position": {"line": -1, "character": 0}},
        -32602,
        "textDocument/hover: invalid value @ request.params.position",
    )


async def test_an_unknown_method_is_told_apart_from_malformed_parameters() -> None:
    await check_refused("codeact/nothing", {}, -32601, "Method Not Found: codeact/nothing")
    async with wired() as wire:
        wire.send(jsonrpc="2.0", id=1, method="codeact/nothing")  # It may take no parameters.
        assert (await wire.receive())["error"]["code"] == -32601


async def test_another_protocol_is_refused() -> None:
    async with wired() as wire:
        wire.send(id=1, method="textDocument/hover", params=HOVER)
        answer = await wire.receive()
        assert (answer["id"], answer["error"]["code"]) == (1, -32600)
        assert answer["error"]["message"] == "This is no message of JSON-RPC 2.0."


async def test_an_unknown_notification_is_ignored() -> None:
    async with wired() as wire:
        wire.send(jsonrpc="2.0", method="$/nothing")
        assert (await wire.answer("textDocument/hover", HOVER))["result"] is None


@pytest.mark.parametrize(
    "inner",
    [
        {"jsonrpc": "no version"},
        {"jsonrpc": "2.0", "id": 99, "method": "shutdown"},
        {"jsonrpc": "2.0", "id": 99, "method": "textDocument/hover"},
    ],
)
async def test_arguments_that_look_like_a_message_are_none(
    editor: Editor, inner: dict[str, Any]
) -> None:
    plan = editor.open("def a(): pass")
    graph = await plan.command("graph", inner=inner)
    assert [node["name"] for node in graph["nodes"]] == ["a"]


async def test_every_request_is_answered_once_and_in_order() -> None:
    async with wired() as wire:
        send_many(wire, 50)
        answers = [await wire.receive() for _ in range(50)]
        assert [answer["id"] for answer in answers] == list(range(50))
        assert (await wire.answer("shutdown", number=50))["id"] == 50


def send_many(wire: Wire, count: int) -> None:
    """Good requests and bad ones."""
    for number in range(count):
        params = HOVER if number % 2 else None
        wire.send(jsonrpc="2.0", id=number, method="textDocument/hover", params=params)


async def test_documents_are_the_session_s_and_not_pygls_s(tmp_path: Path) -> None:
    server = create_server()
    async with connected(tmp_path, server=server) as editor:
        plan = editor.open("def a(): pass\x0c\n")
        plan.edit("pass", "return 1")
        await plan.diagnostics()
        assert server.session.plans[plan.uri].plan.source.text == "def a(): return 1\x0c\n"
        assert server.workspace.text_documents == {}
        plan.close()
        await editor.settle()
        assert server.session.plans == {}
