"""The commands: what they take, what they answer, how they refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from codeact_lsp.server.commands import COMMANDS
from codeact_lsp.server.server import create_server
from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def a(): return 1
    def b(a): return a + 1
    def c(b): return b + 1
    def d(a): return a - 1
    """

# `count` returns another value each time.
COUNTS = """
    from pathlib import Path

    def count():
        '''How often this ran.

        Cache: off
        '''
        Path("runs").open("a").write("x")
        return Path("runs").stat().st_size

    def after(count): return count * 10
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


async def test_a_nested_value_comes_as_data_that_can_be_opened(editor: Editor) -> None:
    plan = editor.open("def a(): return {'x': [1, 2]}\n")
    await plan.run()
    value = await plan.command("value", node="a")
    assert json.loads(value["data"]) == {
        "kind": "tree",
        "root": {"items": [["x", {"list": [1, 2], "more": 0}]], "more": 0},
    }


async def test_the_runs_of_a_plan_are_remembered_the_newest_first(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\ndef b(a): return a / 0\n")
    await plan.run()
    await plan.run("a")
    newest, first = await plan.command("history")
    assert (newest["status"], newest["counts"]) == ("done", {"cached": 1})
    calls = [(call["node"], call["outcome"], call["error"]) for call in first["nodes"]]
    assert calls == [("a", "ran", ""), ("b", "user", "ZeroDivisionError: division by zero")]
    assert 0 < first["nodes"][0]["at"] <= first["at"]


async def test_a_plan_that_is_not_a_file_has_no_runs(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n", uri="untitled:Untitled-1")
    assert await plan.command("history") == []


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


async def test_running_what_is_stale_runs_what_edits_affected_and_no_more(plan: Tab) -> None:
    await plan.command("runNode", node="b")
    plan.edit("return a + 1", "return a + 10")
    ended = await plan.command("runStale")
    assert ended["counts"] == {"cached": 1, "ran": 2}  # `b` and `c`, on the `a` that is there.
    assert [name for name in "abcd" if await plan.command("value", node=name)] == ["a", "b", "c"]


async def test_nothing_is_stale_before_an_edit_and_after_an_undo(plan: Tab) -> None:
    nothing = {"event": "RunFinished", "status": "done", "message": "Nothing is stale."}
    assert await plan.command("runStale") == nothing
    await plan.run()
    plan.edit("return 1\n", "return 2\n")
    plan.edit("return 2\n", "return 1\n")
    assert await plan.command("runStale") == nothing


async def test_a_failure_is_not_stale_until_its_code_changes(editor: Editor) -> None:
    plan = editor.open("def a(): return 1 / 0\ndef b(a): return a\ndef c(): return 1\n")
    assert await plan.run() == "failed"
    assert "message" in await plan.command("runStale")
    plan.edit("1 / 0", "1 / 1")
    assert (await plan.command("runStale"))["counts"] == {"ran": 2}


async def test_what_takes_a_value_that_was_made_anew_is_stale(editor: Editor) -> None:
    plan = editor.open(COUNTS)
    await plan.run()
    await plan.run("count")
    assert (await plan.command("runStale"))["counts"] == {"ran": 2}  # `count` keeps no result.
    assert (await plan.command("value", node="after"))["preview"] == "30"


async def test_a_cleared_plan_runs_anew_once(plan: Tab) -> None:
    await plan.run()
    await plan.command("clear")
    assert [name for name in "abcd" if await plan.command("value", node=name)] == []
    assert (await plan.command("runPlan"))["counts"] == {"ran": 4}
    assert (await plan.command("runPlan"))["counts"] == {"cached": 4}


async def test_a_cleared_node_runs_anew_and_hides_what_was_made_of_its_value(plan: Tab) -> None:
    await plan.run()
    await plan.command("clear", node="b")
    assert [name for name in "abcd" if await plan.command("value", node=name)] == ["a", "d"]
    # `b` returns what it returned before, so `c` need not run.
    assert (await plan.command("runPlan"))["counts"] == {"cached": 3, "ran": 1}


async def test_a_failure_can_be_cleared(editor: Editor) -> None:
    plan = editor.open("def a(): return 1 / 0\n")
    await plan.run()
    await plan.command("clear", node="a")
    assert await plan.diagnostics() == ()
    assert (await plan.lenses())["a"] == ["▶ Run"]


async def test_an_unknown_node_cannot_be_cleared(editor: Editor, plan: Tab) -> None:
    why = "The plan has no node 'z'."
    await check_refused(editor, "codeact.clear", [{"uri": plan.uri, "node": "z"}], why)


async def test_of_a_workspace_that_is_not_trusted_nothing_runs(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"trusted": False, "workers": 1}) as editor:
        plan = editor.open(PLAN)
        assert await plan.run() == "refused"
        assert [shown.message for shown in editor.messages] == [
            "The workspace is not trusted: nothing of it is run. Trust it first."
        ]
