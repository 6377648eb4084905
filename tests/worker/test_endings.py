"""Whatever a node does to itself, its failure is told at its place and no other node notices."""

import os
import signal
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.zygote import Patience
from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.workspace.interpreter import Interpreter
from tests.engine.running import check_failure, run_plan, wait_until_gone, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


class Ending(NamedTuple):
    name: str
    plan: str
    headline: str
    category: str


EXITED = (
    "ProcessExit: The process exited with status {} before the node returned; something called "
    "os._exit, or closed descriptors not its own."
)
NOT_UNDERSTOOD = (
    "The worker's report was not understood: the node wrote to descriptors not its own."
)
OVER_ITS_LIMIT = "MemoryError: the node needs more than its limit of 100 MB"
ENDINGS = [
    Ending(
        "sys.exit",
        """
        import sys

        def a():
            «sys.exit("enough")»
        """,
        "SystemExit: enough",
        "exit",
    ),
    Ending(
        "a keyboard interrupt",
        """
        def a():
            «raise KeyboardInterrupt»
        """,
        "KeyboardInterrupt",
        "user",
    ),
    Ending(
        "os._exit(0)",
        """
        import os

        def «a»():
            os._exit(0)
        """,
        EXITED.format(0),
        "crash",
    ),
    Ending(
        "os._exit(7)",
        """
        import os

        def «a»():
            os._exit(7)
        """,
        EXITED.format(7),
        "crash",
    ),
    Ending(
        "a segmentation fault",
        """
        import ctypes

        def a():
            return _read(0)

        def _read(address):
            «return ctypes.string_at(address)»
        """,
        "SIGSEGV: The process was ended by SIGSEGV.",
        "crash",
    ),
    Ending(
        "an abort",
        """
        import os

        def a():
            «os.abort()»
        """,
        "SIGABRT: The process was ended by SIGABRT.",
        "crash",
    ),
    Ending(
        "a kill",
        """
        import os, signal

        def «a»():
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        "SIGKILL: The process was ended by SIGKILL. The system may have run out of memory.",
        "crash",
    ),
    Ending(
        "infinite recursion",
        """
        def a():
            return _deeper(0)

        def _deeper(level):
            return «_deeper(level + 1)»
        """,
        "RecursionError: maximum recursion depth exceeded",
        "user",
    ),
    Ending(
        "a large allocation",
        """
        def a():
            '''Memory: 100 MB'''
            return len(«bytes(10**9)»)
        """,
        OVER_ITS_LIMIT,
        "memory",
    ),
    Ending(
        "a value too large to be kept",
        """
        def «a»():
            '''Memory: 100 MB'''
            return ["x" * 60_000_000, "y" * 10_000_000]
        """,
        OVER_ITS_LIMIT,
        "memory",
    ),
    Ending(
        "the module level",
        """
        LIMIT = «1 / 0»

        def a():
            return LIMIT
        """,
        "ZeroDivisionError: division by zero",
        "user",
    ),
    Ending(
        "a missing package",
        """
        «import nowhere_to_be_found»

        def a():
            return nowhere_to_be_found.x
        """,
        "ModuleNotFoundError: No module named 'nowhere_to_be_found'",
        "import",
    ),
    Ending(
        "a missing package that is imported late",
        """
        def a():
            «from nowhere.to_be import found»
        """,
        "ModuleNotFoundError: No module named 'nowhere'",
        "import",
    ),
    Ending(
        "all descriptors closed",
        """
        import os

        def «a»():
            os.closerange(0, 256)
        """,
        EXITED.format(1),
        "crash",
    ),
    Ending(
        "garbage in the report",
        r"""
        import os

        def «a»():
            os.write(3, b"\xff\xfe garbage")
        """,
        NOT_UNDERSTOOD,
        "crash",
    ),
    Ending(
        "deep JSON as the report",
        """
        import os

        def «a»():
            os.write(3, b"[" * 60_000)
            os._exit(0)
        """,
        NOT_UNDERSTOOD,
        "crash",
    ),
    Ending(
        "a report without end",
        """
        import os

        def «a»():
            for _ in range(100):
                os.write(3, b" " * 65_536)
        """,
        NOT_UNDERSTOOD,
        "crash",
    ),
    Ending(
        "a forged report",
        """
        import os

        def «a»():
            os.write(3, b'{"ok": true, "preview": {"type": "int", "size": "", "text": "1"}}')
            os._exit(0)
        """,
        "The worker left no value.",
        "crash",
    ),
]


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.name)
async def test_an_ending_is_told_at_its_place_and_no_other_node_notices(
    engine: Engine, tmp_path: Path, ending: Ending
) -> None:
    await check_failure(engine, tmp_path, ending.plan, ending.headline, ending.category)
    after = await run_plan(engine, tmp_path, "def other(): return 'fine'\n")
    assert after.value("other") == "fine"


async def test_memory_that_runs_out_bit_by_bit_leaves_enough_to_tell_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    plan = """
    def a():
        '''Memory: 100 MB'''
        kept = []
        while True:
            kept.append(str(len(kept)) * 300)
    """
    error = (await run_plan(engine, tmp_path, plan)).errors["a"]
    assert (error.headline, error.category) == (OVER_ITS_LIMIT, "memory")
    assert [value.text for value in error.values] == ["kept"]


async def test_a_node_within_its_memory_limit_succeeds(engine: Engine, tmp_path: Path) -> None:
    plan = """
    def a():
        '''Memory: 100 MB'''
        return len(bytes(50_000_000))
    """
    assert (await run_plan(engine, tmp_path, plan)).value("a") == 50_000_000


async def test_a_value_that_a_node_takes_is_not_memory_of_its_own(
    engine: Engine, tmp_path: Path
) -> None:
    plan = """
    from pickle import PickleBuffer

    def a():
        return PickleBuffer(bytes(300_000_000))

    def b(a):
        '''Memory: 100 MB'''
        return len(memoryview(a))
    """
    assert (await run_plan(engine, tmp_path, plan)).value("b") == 300_000_000


async def test_a_crash_is_placed_in_a_file_whose_path_is_not_ascii(
    engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "Größen 😀"
    folder.mkdir()
    plan = """
    import os

    def a():
        «os.abort()»
    """
    await check_failure(engine, folder, plan, "SIGABRT: The process was ended by SIGABRT.", "crash")


async def test_stdout_may_be_replaced_by_anything(engine: Engine, tmp_path: Path) -> None:
    plan = """
    import sys

    def a():
        sys.stdout = sys.stderr = None
        return 1
    """
    assert (await run_plan(engine, tmp_path, plan)).value("a") == 1


async def test_a_zygote_that_is_stopped_is_given_up_with_its_nodes(tmp_path: Path) -> None:
    text = """
    import os, signal, time

    def beside():
        time.sleep(60)

    def a():
        "Timeout: 1 s"
        print(os.getppid(), flush=True)
        os.kill(os.getppid(), signal.SIGSTOP)
        while True:
            pass
    """
    python = Interpreter(Path(sys.executable), "")
    executor = LocalExecutor(python, patience=Patience(kill=0.5))
    engine = Engine(tmp_path, sys.executable, executor)
    ran = await run_plan(engine, tmp_path, text)
    assert ran.errors["a"].category == "timeout"
    # It may have done anything at this level, so it is not made again.
    assert ran.errors["beside"].headline == (
        "It was ended along with its worker, which could not end another node. "
        "Nothing is known to be wrong with this one: run it again."
    )
    assert (await run_plan(engine, tmp_path, "def b(): return 1\n")).value("b") == 1
    await engine.close()
    await wait_until_gone(int(ran.output("a")))


async def test_a_zygote_that_dies_takes_its_nodes_along_and_the_next_run_has_a_new_one(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import os
    from pathlib import Path

    def a():
        Path("pid").write_text(str(os.getpid()))
        print(os.getppid(), flush=True)
        while True:
            pass
    """
    plan, file = write_plan(tmp_path, text)
    failed = []
    async for event in engine.run(make_job(plan, file, select(plan))):
        if isinstance(event, events.NodeOutput):
            zygote = int(event.text)
            os.kill(zygote, signal.SIGKILL)
        if isinstance(event, events.NodeFailed):
            failed.append((event.error.type, event.error.category))
    assert failed == [("SIGKILL", "crash")]
    await wait_until_gone(int((tmp_path / "pid").read_text()))
    after = await run_plan(engine, tmp_path, "def other(): return 'fine'\n")
    assert after.value("other") == "fine"
