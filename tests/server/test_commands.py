"""The commands: what they take, what they answer, how they refuse."""

from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from codeact_lsp.server.commands import COMMANDS
from codeact_lsp.server.server import create_server
from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def a(): return 1
    def b(a): return a + 1
    def c(b): return b + 1
    def d(a): return a - 1
    """


@pytest.fixture
def plan(editor: Editor) -> Tab:
    return editor.open(PLAN)


async def check_refused(editor: Editor, command: str, arguments: list[Any], why: str) -> None:
    """A command is answered by InvalidParams."""
    params = lsp.ExecuteCommandParams(command=command, arguments=arguments)
    with pytest.raises(JsonRpcInvalidParams) as refused:
        await editor.workspace_execute_command_async(params)
    assert refused.value.message == why


async def test_what_the_server_announces_is_what_it_has() -> None:
    names = [command.name for command in COMMANDS]
    assert list(create_server().protocol.fm.commands) == names
    assert len(set(names)) == len(names)
    assert all(name.startswith("codeact.") for name in names)
    assert all(command.title for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "codeact.runNode takes one argument, not 0."),
        ([{}, {}], "codeact.runNode takes one argument, not 2."),
        ([{"node": "a"}], "codeact.runNode: required field missing @ argument.uri"),
        (
            [{"uri": 1, "node": None}],
            (
                "codeact.runNode: invalid value for type, expected str @ argument.uri; "
                "invalid value for type, expected str @ argument.node"
            ),
        ),
        (
            [{"uri": "file:///nothing", "node": "a", "downstream": "yes"}],
            "codeact.runNode: invalid value for type, expected bool @ argument.downstream",
        ),
        ([{"uri": "file:///nothing", "node": "a"}], "file:///nothing is not open."),
    ],
)
async def test_malformed_arguments_are_refused_with_their_place(
    editor: Editor, arguments: list[Any], why: str
) -> None:
    await check_refused(editor, "codeact.runNode", arguments, why)


@pytest.mark.parametrize("argument", [None, "text", 7, [1], [[]]])
async def test_an_argument_that_is_no_object_is_refused(editor: Editor, argument: Any) -> None:
    params = lsp.ExecuteCommandParams(command="codeact.graph", arguments=[argument])
    with pytest.raises(JsonRpcInvalidParams):
        await editor.workspace_execute_command_async(params)


async def test_an_unknown_command_is_refused(editor: Editor) -> None:
    await check_refused(editor, "codeact.fly", [{}], "There is no command 'codeact.fly'.")


async def test_an_unknown_node_is_refused_with_a_guess(editor: Editor) -> None:
    plan = editor.open("def orders(): return 1\n")
    why = "The plan has no node 'order'. Did you mean 'orders'?"
    await check_refused(editor, "codeact.runNode", [{"uri": plan.uri, "node": "order"}], why)


async def test_fields_that_a_newer_client_sends_are_ignored(plan: Tab) -> None:
    assert len((await plan.command("graph", colour="blue"))["nodes"]) == 4


async def test_running_a_node_runs_what_leads_to_it_and_no_more(plan: Tab) -> None:
    ended = await plan.command("runNode", node="b")
    assert (ended["event"], ended["status"], ended["counts"]) == ("RunFinished", "done", {"ran": 2})
    assert [name for name in "abcd" if await plan.command("value", node=name)] == ["a", "b"]


async def test_running_with_downstream_runs_all_that_follows_too(plan: Tab) -> None:
    ended = await plan.command("runNode", node="b", downstream=True)
    assert ended["counts"] == {"ran": 3}
    assert [name for name in "abcd" if await plan.command("value", node=name)] == ["a", "b", "c"]


async def test_running_the_plan_runs_it_all_and_reuses_what_is_there(plan: Tab) -> None:
    await plan.command("runNode", node="b")
    assert (await plan.command("runPlan"))["counts"] == {"cached": 2, "ran": 2}


async def test_a_value_is_told_as_far_as_it_can_be_without_loading_it(plan: Tab) -> None:
    await plan.run()
    value = await plan.command("value", node="c")
    assert (value["type"], value["size"], value["preview"]) == ("int", "", "3")
    assert value["bytes"] > 0
    assert await plan.command("value", node="nothing") is None
    plan.edit("return 1\n", "return 10\n")
    assert await plan.command("value", node="c") is None


async def test_a_plan_with_errors_is_refused_and_nothing_runs(editor: Editor) -> None:
    plan = editor.open('def a():\n    open("ran", "w")\ndef b(: pass\ndef a(): pass\n')
    ended = await plan.command("runPlan")
    assert ended == {
        "event": "RunFinished",
        "status": "refused",
        "message": "The plan has 2 errors. The first: SyntaxError: invalid syntax",
    }
    assert (await plan.command("runNode", node="a"))["status"] == "refused"
    assert editor.events == []
    assert editor.messages == []  # Each problem stands in the text; a popup would repeat it.
    assert not plan.path.with_name("ran").exists()


async def test_a_plan_that_is_not_a_file_is_refused_with_the_way_out(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n", uri="untitled:Untitled-1")
    assert await plan.diagnostics() == ()
    assert (await plan.lenses())["a"] == ["▶ Run"]
    assert await plan.run() == "refused"
    assert [shown.message for shown in editor.messages] == [
        "Save the plan first: its folder is where its nodes run."
    ]
