"""Above the plan and its nodes: what can be done, and what is known. Times are written `0 ms`."""

from pathlib import Path

import pytest

from codeact_lsp.engine.run.modes import said_time
from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELD = """
    import time
    from pathlib import Path

    def held():
        while not Path("go").exists():
            time.sleep(0.01)
        return [1, 2, 3]

    def after(held): return len(held)
    """


def let_go(plan: Tab) -> None:
    """What `held` waits for."""
    plan.path.with_name("go").touch()


async def test_a_new_plan_offers_to_run_it_and_each_node(editor: Editor) -> None:
    plan = editor.open(
        """
        def a(): return 1
        def b(a): return a
        def _private(): return 3
        """
    )
    assert await plan.lenses() == {
        "": ["▶ Run plan (2 of 2 to run)"],
        "a": ["▶ Run", "▶ Run with downstream"],
        "b": ["▶ Run"],
    }


async def test_a_plan_without_nodes_offers_nothing(editor: Editor) -> None:
    plan = editor.open("import os\n")
    assert await plan.lenses() == {}


async def test_results_are_told_by_type_and_size_and_a_short_one_as_it_is(editor: Editor) -> None:
    plan = editor.open(
        """
        def number(): return 1
        def text(): return "four"
        def items(): return [1, 2, 3]
        def nothing(): return None
        """
    )
    assert await plan.run() == "done"
    assert await plan.lenses() == {
        "": ["▶ Run plan (0 of 4 to run)"],
        "number": ["▶ Run", "✓ 0 ms · int 1"],
        "text": ["▶ Run", "✓ 0 ms · str 4 characters"],
        "items": ["▶ Run", "✓ 0 ms · list 3 items"],
        "nothing": ["▶ Run", "✓ 0 ms · None"],
    }


async def test_a_second_run_reuses_what_is_there(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n")
    assert [await plan.run(), await plan.run()] == ["done", "done"]
    assert (await plan.lenses())["a"] == ["▶ Run", "✓ 0 ms · int 1 · reused"]


async def test_what_a_node_did_besides_is_told_with_what_it_means(editor: Editor) -> None:
    plan = editor.open(
        """
        import random, time

        def now(): return time.time() > 0 and random.random() < 1

        def kept():
            '''Cache: on'''
            return time.time() > 0
        """
    )
    assert await plan.run() == "done"
    lenses = await plan.lenses()
    assert lenses["now"] == ["▶ Run", "✓ 0 ms · bool True · runs each time (clock, random)"]
    assert lenses["kept"] == ["▶ Run", "✓ 0 ms · bool True · reused all the same (clock)"]
    hover = await plan.hover("def no¦w")
    assert "It used the clock: time.time\nIt used random numbers without a seed: random" in hover


async def test_what_an_earlier_session_has_kept_needs_no_run(tmp_path: Path) -> None:
    text = "def a(): return 'kept'\ndef b(a): return a + '!'\ndef c(): return 'too'\n"
    for number, counted in enumerate(["3 of 3 to run", "0 of 3 to run"]):
        (tmp_path / f"{number}").mkdir()
        async with connected(tmp_path / f"{number}") as editor:
            plan = editor.open(text, uri=(tmp_path / "it.plan.py").as_uri())
            assert await plan.lenses() == {
                "": [f"▶ Run plan ({counted})"],
                "a": ["▶ Run", "▶ Run with downstream"],
                "b": ["▶ Run"],
                "c": ["▶ Run"],
            }
            await plan.run()


async def test_the_time_that_a_run_may_take_is_told_once_it_is_known(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\ndef b(a): return a + 1\ndef c(): return 3\n")
    await plan.run()
    plan.edit("a + 1", "a + 2")
    assert (await plan.lenses())[""] == ["▶ Run plan (1 of 3 to run, ~0 ms)"]


async def test_a_plan_that_cannot_be_run_tells_how_large_it_is(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\ndef b(: return 2\n")
    assert (await plan.lenses())[""] == ["▶ Run plan (1 of 1 to run)"]


async def test_a_failure_is_told_by_its_first_line_and_holds_back_what_follows(
    editor: Editor,
) -> None:
    plan = editor.open(
        """
        def a(): raise ValueError("first\\nsecond")
        def b(a): return a
        def c(b): return b
        """
    )
    assert await plan.run() == "failed"
    assert await plan.lenses() == {
        "": ["▶ Run plan (3 of 3 to run)"],
        "a": ["▶ Run", "✗ ValueError: first", "▶ Run with downstream"],
        "b": ["▶ Run", "– needs a", "▶ Run with downstream"],
        "c": ["▶ Run", "– needs a"],
    }


async def test_what_is_out_of_the_ordinary_in_what_a_node_took_is_told(editor: Editor) -> None:
    plan = editor.open(
        """
        def _moves():
            with open("/dev/null", "wb", buffering=0) as nothing:
                for _ in range(100):
                    nothing.write(b"x" * 1_000_000)

        def moves(): return _moves()
        def fails(): raise ValueError(_moves())
        """
    )
    assert await plan.run() == "failed"
    lenses = await plan.lenses()
    assert lenses["moves"][-1] == "✓ 0 ms · None · wrote 100 MB"
    assert lenses["fails"][-1] == "✗ ValueError: None · wrote 100 MB"
    for node in ("def mo¦ves", "def fa¦ils"):
        assert "memory. It wrote 100 MB (" in await plan.hover(node)


async def test_while_a_plan_runs_it_can_be_cancelled(editor: Editor) -> None:
    plan = editor.open(HELD)
    running = editor.soon(plan.run())
    await editor.until_event("NodeStarted", node="held")
    assert await plan.lenses() == {
        "": ["■ Cancel"],
        "held": ["▶ Run", "running …", "▶ Run with downstream"],
        "after": ["▶ Run"],
    }
    let_go(plan)
    assert await running == "done"
    assert await plan.lenses() == {
        "": ["▶ Run plan (0 of 2 to run)"],
        "held": ["▶ Run", "✓ 0 ms · list 3 items", "▶ Run with downstream"],
        "after": ["▶ Run", "✓ 0 ms · int 3"],
    }


async def test_a_cancelled_node_is_again_what_it_was_before(editor: Editor) -> None:
    plan = editor.open(
        """
        import time
        from pathlib import Path

        def a():
            '''A.

            Cache: off
            '''
            Path("ran").open("a").write("x")
            if Path("ran").stat().st_size > 1:
                time.sleep(60)
            return 1
        """
    )
    assert await plan.run() == "done"
    again = editor.soon(plan.run())
    await editor.until(lambda: len(told(editor, "NodeStarted")) == 2)
    assert (await plan.lenses())["a"] == ["▶ Run", "running …"]
    assert await plan.command("cancel") is True
    assert await again == "cancelled"
    assert (await plan.lenses())["a"] == ["▶ Run", "✓ 0 ms · int 1 · runs each time (writes files)"]


async def test_a_cancelled_second_attempt_is_no_longer_shown_as_running(editor: Editor) -> None:
    plan = editor.open(
        """
        import time
        from pathlib import Path

        def a():
            '''A.

            Retries: 3
            '''
            if Path("once").exists():
                time.sleep(60)
            Path("once").touch()
            raise OSError("not yet")
        """
    )
    running = editor.soon(plan.run())
    await editor.until_event("NodeStarted", attempt=2)
    assert await plan.command("cancel") is True
    assert await running == "cancelled"
    assert (await plan.lenses())["a"] == ["▶ Run"]


async def test_the_client_is_asked_to_show_the_lenses_anew(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n")
    before = editor.lens_refreshes
    assert await plan.run() == "done"
    await editor.settle()
    assert editor.lens_refreshes > before


async def test_a_lens_of_a_state_has_no_command(editor: Editor) -> None:
    plan = editor.open("def a(): return 1\n")
    await plan.run()
    commands = [lens.command for lens in await plan.raw_lenses()]
    assert [command.command for command in commands if command] == [
        "codeact.runPlan",
        "codeact.runNode",
        "",
    ]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.0, "0 ms"), (0.9994, "999 ms"), (1, "1.0 s"), (3661.24, "3,661.2 s")]
)
async def test_times_are_told_as_people_do(seconds: float, told: str) -> None:
    assert said_time(seconds) == told


def told(editor: Editor, event: str) -> list[object]:
    return [each for each in editor.events if each.event == event]
