"""What is shown is what the present code, inputs and limits would give, or nothing."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

# `count` returns another value each time; `flaky` fails if a file `bad` is there.
PLAN = """
    from pathlib import Path

    def count():
        '''Count.

        Cache: off
        '''
        Path("runs").open("a").write("x")
        return Path("runs").stat().st_size

    def after(count): return count * 10

    def later(after): return after + 1

    def flaky():
        '''Flaky.

        Cache: off
        '''
        return 1 / (not Path("bad").exists())

    def held(flaky): return flaky

    def follows():
        '''Follows.

        After: flaky
        '''
        return 1
    """


async def states(plan: Tab) -> dict[str, str]:
    """What is shown above each node of which something is shown."""
    lenses = await plan.lenses()
    return {name: titles[-1] for name, titles in lenses.items() if "▶" not in titles[-1]}


async def values(plan: Tab, *nodes: str) -> list[str | None]:
    """The previews of values, as far as they may be shown."""
    found = [await plan.command("value", node=node) for node in nodes]
    return [value and value["preview"] for value in found]


async def test_what_was_made_of_an_older_value_is_hidden(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    assert await values(plan, "count", "after", "later") == ["1", "10", "11"]
    await plan.run("count")
    assert await values(plan, "count", "after", "later") == ["2", None, None]


async def test_a_blocked_node_is_blocked_as_long_as_that_failure_stands(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await editor.settle()
    plan.path.with_name("bad").touch()
    await plan.run()
    assert (await states(plan))["held"] == "– needs flaky"
    plan.path.with_name("bad").unlink()
    await plan.run("flaky")
    shown = await states(plan)
    assert "held" not in shown
    assert "follows" not in shown


async def test_a_failure_upstream_hides_what_was_made_before_it(editor: Editor) -> None:
    plan = editor.open(PLAN)
    await plan.run()
    plan.path.with_name("bad").touch()
    await plan.run("flaky")
    assert await values(plan, "flaky", "held", "follows", "later") == [None, None, None, "11"]


async def test_of_several_failures_a_blocked_node_names_those_that_still_stand(
    editor: Editor,
) -> None:
    plan = editor.open(
        """
        from pathlib import Path

        def a(): return 1 / 0
        def b():
            '''B.

            Cache: off
            '''
            return 1 / Path("good").exists()
        def c(a, b): return a + b
        """
    )
    await plan.run()
    assert (await states(plan))["c"] == "– needs a, b"
    plan.path.with_name("good").touch()
    await plan.run("b")
    assert (await states(plan))["c"] == "– needs a"


async def test_a_timeout_is_shown_under_its_own_limit_only(editor: Editor) -> None:
    plan = editor.open(
        """
        def slow():
            '''Slow.

            Timeout: 50 ms
            '''
            while True: pass
        """
    )
    assert await plan.run() == "failed"
    assert [found.code for found in await plan.diagnostics() if found.code == "timeout"]
    plan.edit("50 ms", "50 s")
    assert [found.code for found in await plan.diagnostics() if found.code == "timeout"] == []
    plan.edit("50 s", "50 ms")
    assert [found.code for found in await plan.diagnostics() if found.code == "timeout"]


async def test_what_another_interpreter_made_is_hidden(tmp_path: Path) -> None:
    async with connected(tmp_path) as editor:
        plan = editor.open("def a(): return 1\n")
        await plan.run()
        assert await values(plan, "a") == ["1"]
        settings = {"codeact": {"interpreter": "bin/another"}}
        params = lsp.DidChangeConfigurationParams(settings=settings)
        editor.workspace_did_change_configuration(params)
        assert await values(plan, "a") == [None]


async def test_changed_inputs_hide_what_was_made_of_the_old_ones(editor: Editor) -> None:
    plan = editor.open("def a(n): return n\ndef b(a): return a\ndef c(): return 3\n", inputs="n=1")
    await plan.run()
    file = plan.path.with_suffix(".toml")
    file.write_text("n = 2", encoding="utf-8")
    plan.save()
    assert await values(plan, "a", "b", "c") == [None, None, "3"]
    file.write_text("n = 1", encoding="utf-8")
    plan.save()
    assert await values(plan, "a", "b", "c") == ["1", "1", "3"]
