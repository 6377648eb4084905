"""What we override of pygls: one test a defect that was mended. For the end see `tests/e2e`."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcRequestCancelled

from codeact_lsp.server.routes import Model, Route
from codeact_lsp.server.server import PlanServer, _handler, create_server
from tests.server.editor import Editor
from tests.server.pair import Wire, bare, connected, wired

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


async def test_a_request_before_initialize_is_refused_and_a_notification_passed_over() -> None:
    async with bare() as wire:
        wire.open("file:///a.plan.py", "def a(a): return a\n")
        refused = await wire.answer("textDocument/hover", HOVER)
        assert (refused["id"], refused["error"]["code"]) == (1, -32002)
        assert refused["error"]["message"] == "The session begins with 'initialize'."


async def test_a_session_begins_once_and_only_if_it_begins_well() -> None:
    begin: dict[str, Any] = {"capabilities": {}, "processId": None, "rootUri": None}
    async with bare() as wire:
        assert (await wire.answer("initialize", {}))["error"]["code"] == -32602
        assert (await wire.answer("textDocument/hover", HOVER))["error"]["code"] == -32002
        assert "result" in await wire.answer("initialize", begin)
        again = await wire.answer("initialize", begin)
        assert again["error"]["message"] == "The session has begun already."


async def test_exit_ends_the_session_with_a_status_that_tells_whether_shutdown_came_first() -> None:
    for method, status in (("shutdown", 0), ("textDocument/hover", 1)):
        server = create_server()
        async with wired(server) as wire:
            await wire.ask(method, None if status == 0 else HOVER)
            wire.tell("exit")
            with pytest.raises(asyncio.IncompleteReadError):
                await wire.receive()
        assert server.exit_status == status


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


async def test_text_has_to_be_text() -> None:
    await check_refused(
        "textDocument/hover",
        {**HOVER, "textDocument": {"uri": {"a": 1}}},
        -32602,
        "textDocument/hover: "
        "invalid value for type, expected str @ request.params.textDocument.uri",
    )


async def test_a_notification_that_comes_as_a_request_is_refused() -> None:
    await check_refused(
        "textDocument/didClose",
        {"textDocument": {"uri": "file:///nothing"}},
        -32600,
        "'textDocument/didClose' is a notification, and bears no id.",
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b'{"a": NaN}', -32700),
        (b"\xff", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b'[{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}]', -32600),
        (b"5", -32600),
        (b"{}", -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "shutdown"}', -32600),
        (b'{"jsonrpc": "2.0", "id": [1], "method": "textDocument/hover"}', -32600),
        (b'{"jsonrpc": "2.0", "id": true, "method": 5}', -32600),
    ],
)
async def test_what_is_no_message_is_answered_without_an_id(body: bytes, code: int) -> None:
    async with wired() as wire:
        wire.send_body(body)
        answer = await wire.receive()
        assert (answer["id"], answer["error"]["code"]) == (None, code)
        assert (await wire.answer("textDocument/hover", HOVER))["result"] is None


async def test_a_request_of_an_id_that_is_in_use_is_refused() -> None:
    async with wired() as wire:
        for _ in range(2):
            wire.tell("workspace/symbol", {"query": ""}, id=1)
        answers = [await wire.receive() for _ in range(2)]
        assert [answer.get("result") for answer in answers] == [None, []]
        assert answers[0]["error"]["message"] == (
            "The request before of the same id is not answered yet."
        )


@pytest.mark.parametrize("number", [99, "no such id", [], None])
async def test_a_response_to_nothing_is_passed_over(number: Any) -> None:
    async with wired() as wire:
        wire.send(jsonrpc="2.0", id=number, result={"any": "thing"})
        wire.send(jsonrpc="2.0", id=number, error={"code": 1, "message": ""})
        assert (await wire.answer("textDocument/hover", HOVER))["result"] is None


async def test_the_ids_of_the_two_sides_have_nothing_to_do_with_each_other() -> None:
    """In pygls a response could end a request of the client's, and a cancel one of ours."""
    configures = {"workspace": {"configuration": True}}
    server = create_server()
    async with wired(server, configures) as wire:
        asked = await wire.asked("workspace/configuration")
        wire.tell("$/cancelRequest", {"id": asked["id"]})
        wire.tell("workspace/symbol", {"query": ""}, id=1)
        wire.send(jsonrpc="2.0", id=1, result="not of ours")
        assert (await wire.receive())["result"] == []
        wire.send(jsonrpc="2.0", id=asked["id"], result=[{"timeout": 5}])
        await wire.ask("workspace/symbol", {"query": ""})
        assert server.session.settings.timeout == 5


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", float("nan"), object()])
async def test_an_answer_that_cannot_be_sent_is_an_error(
    value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server = create_server()
    server.feature("codeact/odd")(lambda _params: value)
    async with wired(server) as wire:
        answer = await wire.answer("codeact/odd")
        assert (answer["id"], answer["error"]["code"]) == (1, -32603)
        assert answer["error"]["message"].startswith("The answer cannot be put into JSON: ")
    assert len(caplog.records) == 1
    caplog.clear()


@pytest.mark.parametrize(
    ("edited", "code"), [("file:///a", -32801), ("file:///b", None)], ids=["its text", "another"]
)
async def test_an_answer_about_a_text_that_was_edited_meanwhile_is_not_given(
    edited: str, code: int | None
) -> None:
    server, go = create_server(), asyncio.Event()

    async def colors(_server: PlanServer, _params: Any) -> list[Any]:
        await go.wait()
        return []

    route = Route(lsp.TEXT_DOCUMENT_DOCUMENT_COLOR, colors, Model.WORK)
    server.feature(route.method)(_handler(server, route))
    async with wired(server) as wire:
        for uri in ("file:///a", "file:///b"):
            wire.open(uri, "def a(): return 1\n")
        wire.tell(route.method, {"textDocument": {"uri": "file:///a"}}, id=1)
        wire.change(edited, "def b(): return 1\n", 2)
        await wire.ask("textDocument/hover", HOVER)
        go.set()
        while (answer := await wire.receive()).get("id") != 1:
            continue
        assert answer.get("error", {}).get("code") == code


async def test_an_unknown_token_of_progress_is_passed_over() -> None:
    async with wired() as wire:
        tokens: list[Any] = ["none", 1, [], {}]
        for token in tokens:
            wire.tell("window/workDoneProgress/cancel", {"token": token})
        assert (await wire.answer("textDocument/hover", HOVER))["result"] is None


async def test_a_cancel_of_what_is_no_request_is_passed_over() -> None:
    async with wired() as wire:
        numbers: list[Any] = ["none", 99, [], {}, None]
        for number in numbers:
            wire.tell("$/cancelRequest", {"id": number})
        assert (await wire.answer("textDocument/hover", HOVER))["result"] is None


async def test_notebooks_are_not_ours() -> None:
    async with wired() as wire:
        notebook = {"uri": "file:///n", "notebookType": "x", "version": 1, "cells": []}
        params = {"notebookDocument": notebook, "cellTextDocuments": []}
        wire.tell("notebookDocument/didOpen", params)
        wire.tell("notebookDocument/didClose", {**params, "notebookDocument": {"uri": "file:///m"}})
        assert (await wire.answer("textDocument/hover", HOVER))["result"] is None


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
