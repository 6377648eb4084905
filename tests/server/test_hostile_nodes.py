"""Nodes that misbehave: the failure is shown on their code, and the server goes on."""

import pytest

from tests.carets import dedent, source_of
from tests.server.editor import Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = "import ctypes, os, signal, sys, time\n\n"
SOUND = "\ndef sound(): return 1\n"


async def check_failure(editor: Editor, drawing: str) -> None:
    """A plan shows this failure, its other node has its value, and the next run works."""
    plan = editor.open(f"{HEAD}{source_of(drawing)}{SOUND}")
    assert await plan.run() == "failed"
    assert await plan.shown() == f"{HEAD}{dedent(drawing)}{SOUND}"
    assert (await plan.command("value", node="sound"))["preview"] == "1"
    plan.edit(SOUND, SOUND.replace("1", "2"))
    assert await plan.run("sound") == "done"


async def test_a_node_that_never_returns_is_ended_at_its_limit_where_it_is(
    editor: Editor,
) -> None:
    plan = editor.open(
        """
        def spins():
            '''Spin.

            Timeout: 1 s
            '''
            while True: pass
        """
    )
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert (found.code, found.message) == (
        "timeout",
        "Timeout: still running after 1 s, its time limit",
    )
    # Which part of the loop it was in is a matter of luck, and of Python's release.
    assert plan.at(found.range) in {"while True: pass", "True", "pass"}


async def test_a_node_that_sleeps_is_ended_in_its_sleep(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def sleeps():
            '''Sleep.

            Timeout: 300 ms
            '''
            time.sleep(60)
            ^^^^^^^^^^^^^^ timeout: Timeout: still running after 0.3 s, its time limit
        """,
    )


async def test_a_node_that_leaves_the_process(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def leaves(): os._exit(3)
            ^^^^^^ crash: ProcessExit: The process exited with status 3 before the node
            ... returned; something called os._exit, or closed descriptors not its own.
        """,
    )


async def test_a_node_that_exits_as_a_script_does(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def exits(): sys.exit("no more")
                     ^^^^^^^^^^^^^^^^^^^ exit: SystemExit: no more
        """,
    )


async def test_a_node_that_reads_memory_which_is_not_its_own(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def reads(): return ctypes.string_at(0)
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ crash: SIGSEGV: The process was ended by
        ... SIGSEGV.
        """,
    )


async def test_a_node_that_kills_itself(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def ends(): os.kill(os.getpid(), signal.SIGKILL)
            ^^^^ crash: SIGKILL: The process was ended by SIGKILL. The system may have run out
            ... of memory.
        """,
    )


async def test_a_node_that_recurses_without_end(editor: Editor) -> None:
    plan = editor.open("def _deeper(n): return _deeper(n + 1)\ndef a(): return _deeper(0)\n")
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert found.message.startswith("RecursionError: ")
    assert plan.at(found.range) == "_deeper(n + 1)"


async def test_a_node_that_returns_what_cannot_be_kept(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def steps(): return (step for step in [])
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unserialisable: TypeError: cannot pickle
                     ... 'generator' object
        """,
    )


async def test_a_node_that_writes_on_every_descriptor_it_can_find(editor: Editor) -> None:
    plan = editor.open(
        """
        import os

        def writes():
            for descriptor in range(1, 64):
                try:
                    os.write(descriptor, b"Content-Length: 2\\r\\n\\r\\n{}")
                except OSError:
                    pass

        def sound(): return 1
        """
    )
    assert await plan.run() == "failed"
    assert [found.code for found in await plan.diagnostics()] == ["crash"]
    assert (await plan.command("value", node="sound"))["preview"] == "1"


async def test_a_node_that_writes_without_end_fills_nothing(editor: Editor) -> None:
    plan = editor.open(
        """
        def writes():
            for _ in range(300):
                print("x" * 9_999)
            return "done"
        """
    )
    assert await plan.run() == "done"
    await editor.settle()
    text = "".join(told.text for told in editor.events if told.event == "NodeOutput")
    assert len(text) < 1_100_000
    assert text.endswith("… output truncated\n")
