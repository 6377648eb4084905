"""What a node writes is told while it runs, whole characters at a time, and not without end."""

from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

TRUNCATED = "\n… output truncated\n"


async def check_output(engine: Engine, folder: Path, body: str, stdout: str, stderr: str) -> None:
    ran = await run_plan(engine, folder, f"import os, sys\n\ndef a():\n    {body}\n")
    assert (ran.output("a"), ran.output("a", "stderr")) == (stdout, stderr)


async def test_output_is_told_while_the_node_runs(engine: Engine, tmp_path: Path) -> None:
    text = """
    from pathlib import Path
    import time

    def a():
        print("are you there?")
        while not Path("answer").exists():
            time.sleep(0.005)
    """
    plan, file = write_plan(tmp_path, text)
    told = []
    async for event in engine.run(make_job(plan, file, select(plan), timeout=20)):
        told.append(type(event).__name__)
        if isinstance(event, events.NodeOutput):
            (tmp_path / "answer").touch()
    assert told[-2:] == ["NodeSucceeded", "RunFinished"]


async def test_both_streams_are_told_apart(engine: Engine, tmp_path: Path) -> None:
    body = "print('out'); print('err', file=sys.stderr); os.write(1, b'raw')"
    await check_output(engine, tmp_path, body, "out\nraw", "err\n")


async def test_output_of_child_processes_is_the_nodes(engine: Engine, tmp_path: Path) -> None:
    await check_output(engine, tmp_path, "os.system('echo out; echo err >&2')", "out\n", "err\n")


async def test_output_without_a_line_end_is_told_too(engine: Engine, tmp_path: Path) -> None:
    await check_output(engine, tmp_path, "sys.stdout.write('half a li')", "half a li", "")


@pytest.mark.parametrize(
    "body", ["sys.__stdout__.write('half')", "__import__('ctypes').CDLL(None).printf(b'half')"]
)
async def test_what_streams_of_other_names_still_hold_is_told_too(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    await check_output(engine, tmp_path, body, "half", "")


async def test_characters_are_never_cut(engine: Engine, tmp_path: Path) -> None:
    await check_output(engine, tmp_path, "print('€😀' * 50_000, end='')", "€😀" * 50_000, "")


async def test_bytes_that_are_no_text_are_replaced(engine: Engine, tmp_path: Path) -> None:
    await check_output(engine, tmp_path, r"os.write(1, b'a\xffb')", "a\ufffdb", "")
    await check_output(engine, tmp_path, r"print('\ud800')", "?\n", "")


async def test_a_million_bytes_a_stream_are_told_and_not_one_more(
    engine: Engine, tmp_path: Path
) -> None:
    all_of_it = "x" * 1_000_000
    await check_output(engine, tmp_path, "print('x' * 1_000_000, end='')", all_of_it, "")
    body = "print('x' * 1_000_001, end=''); print('y' * 3_000_000, file=sys.stderr)"
    errors = "y" * 1_000_000 + TRUNCATED
    await check_output(engine, tmp_path, body, all_of_it + TRUNCATED, errors)


async def test_a_node_that_writes_without_end_still_ends(engine: Engine, tmp_path: Path) -> None:
    plan = """
    import os

    def a():
        while True:
            os.write(1, b"x" * 65_536)
    """
    ran = await run_plan(engine, tmp_path, plan, timeout=0.3)
    assert ran.became == {"a": "failed"}
    assert ran.output("a") == "x" * 1_000_000 + TRUNCATED


async def test_the_output_of_a_node_that_fails_is_told_before_its_failure(
    engine: Engine, tmp_path: Path
) -> None:
    plan = """
    import os, sys

    def a():
        print("last words", end="")
        os._exit(1)

    def b(c: int = 1):
        print("last words", end="")
        return 1 / 0
    """
    ran = await run_plan(engine, tmp_path, plan, workers=1)
    assert ran.output("b") == "last words"
    kinds = [type(event).__name__ for event in ran.events if getattr(event, "node", "") == "b"]
    assert kinds == ["NodeStarted", "NodeOutput", "NodeFailed"]
