"""Packages that a plan imports: installed in an environment of the workspace's, good and bad."""

import asyncio
import venv
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.executors.local import LocalExecutor
from codeact_lsp.engine.executors.zygote import Patience
from codeact_lsp.engine.session import Engine
from tests.engine.running import check_failure, run_plan, write_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PACKAGES = {
    "slow_package": "import time; time.sleep(1.5)",
    "hanging_package": "import time; time.sleep(3600)",
    "leaving_package": "import sys; sys.exit(3)",
    "crashing_package": "raise OSError('no licence')",
    "printing_package": "print('x' * 1_000_000)",
    "threaded_package": """
import os, threading, time

threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
IMPORTED_BY = os.getpid()
""",
    "deep_package/__init__": "taken = 'not the module'",
    "deep_package/taken": "",
    "deep_package/inner": "import os; IMPORTED_BY = os.getpid()",
    "forkless_package": """
import errno, os

def _fork():
    raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

os.fork = _fork
""",
    "lonely_package": """
import errno, os

def _setsid():
    raise PermissionError(errno.EPERM, "not now")

os.setsid = _setsid
""",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(
    cache_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Engine]:
    """The engine of a workspace with a `.venv`, in which the packages are installed."""
    workspace = tmp_path_factory.mktemp("workspace")
    venv.create(workspace / ".venv", symlinks=True)
    (installed,) = (workspace / ".venv").glob("lib/*/site-packages")
    for name, text in PACKAGES.items():
        (file := installed / f"{name}.py").parent.mkdir(exist_ok=True)
        file.write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("VIRTUAL_ENV", raising=False)
        engine = Engine(workspace)
    yield engine
    await engine.close()


@pytest.fixture
def workspace(engine: Engine) -> Path:
    return engine.interpreter.path.parents[2]


async def test_the_workspaces_own_interpreter_is_used(
    engine: Engine, workspace: Path, tmp_path: Path
) -> None:
    text = "import sys\n\ndef a(): return sys.prefix\n"
    ran = await run_plan(engine, tmp_path, text)
    assert ran.value("a") == str(workspace / ".venv")


async def test_the_time_that_imports_take_is_not_the_nodes(engine: Engine, tmp_path: Path) -> None:
    text = "import slow_package\n\ndef a():\n    return slow_package.__name__\n"
    ran = await run_plan(engine, tmp_path, text, timeout=1)
    assert ran.became == {"a": "ran"}


@pytest.mark.parametrize("line", ["from deep_package import inner", "import deep_package.inner"])
async def test_what_lies_in_a_package_is_imported_ahead_of_the_nodes(
    engine: Engine, tmp_path: Path, line: str
) -> None:
    at = line.rsplit(maxsplit=1)[-1]
    text = f"import os\n{line}\n\ndef a():\n    return {at}.IMPORTED_BY == os.getpid()\n"
    assert (await run_plan(engine, tmp_path, text)).value("a") is False


async def test_what_a_package_has_by_the_name_of_a_module_stays_as_it_is(
    engine: Engine, tmp_path: Path
) -> None:
    text = "from deep_package import taken\n\ndef a():\n    return taken\n"
    assert (await run_plan(engine, tmp_path, text)).value("a") == "not the module"


async def test_an_import_that_never_ends_can_be_cancelled(engine: Engine, tmp_path: Path) -> None:
    text = "import hanging_package\n\ndef a():\n    return hanging_package.__name__\n"
    plan, file = write_plan(tmp_path, text)
    run = engine.run(make_job(plan, file, select(plan)))
    async with asyncio.timeout(20):
        async for event in run:
            if isinstance(event, events.NodeStarted):
                run.cancel()
    assert isinstance(event, events.RunFinished)
    assert event.status == "cancelled"


async def test_an_import_that_never_ends_is_a_clear_failure_in_the_end(
    engine: Engine, workspace: Path, tmp_path: Path
) -> None:
    python = engine.interpreter
    hurried = Engine(
        workspace, str(python.path), LocalExecutor(python, patience=Patience(start=0.5))
    )
    text = "import hanging_package\n\ndef «a»():\n    return hanging_package.__name__\n"
    both = f"{python.path} and the plan's imports"
    headline = f"The worker cannot run: {both} took longer than 0.5 s to start"
    try:
        await check_failure(hurried, tmp_path, text, headline, "crash")
    finally:
        await hurried.close()


@pytest.mark.parametrize(
    ("package", "headline", "category"),
    [
        ("leaving_package", "SystemExit: 3", "exit"),
        ("crashing_package", "OSError: no licence", "user"),
    ],
)
async def test_an_import_that_fails_fails_the_nodes_that_need_it_at_their_import(
    engine: Engine, tmp_path: Path, package: str, headline: str, category: str
) -> None:
    text = f"«import {package}»\n\ndef a():\n    return {package}.x\n\ndef b():\n    return 1\n"
    await check_failure(engine, tmp_path, text, headline, category)


async def test_what_a_package_prints_on_import_harms_nobody(engine: Engine, tmp_path: Path) -> None:
    text = "import printing_package\n\ndef a():\n    return printing_package.__name__\n"
    assert (await run_plan(engine, tmp_path, text)).value("a") == "printing_package"


async def test_a_package_that_starts_threads_is_imported_by_each_node_and_that_is_said_once(
    engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = """
    import json, os
    import threaded_package
    from threaded_package import threading

    def a(): return threaded_package.IMPORTED_BY == os.getpid()
    def b(a): return threaded_package.IMPORTED_BY == os.getpid()
    """
    with caplog.at_level("INFO"):
        ran = await run_plan(engine, tmp_path, text)
    assert (ran.value("a"), ran.value("b")) == (True, True)
    assert caplog.messages == [
        "threaded_package starts threads when it is imported, so each node imports it itself"
    ]


@pytest.mark.parametrize(
    ("package", "why"),
    [
        ("forkless_package", "Resource temporarily unavailable"),
        ("lonely_package", "PermissionError: [Errno 1] not now"),
    ],
)
async def test_that_no_process_can_be_started_or_get_ready_is_a_clear_failure(
    engine: Engine, tmp_path: Path, package: str, why: str
) -> None:
    text = f"import {package}\n\ndef «a»():\n    return {package}.__name__\n"
    headline = f"The worker cannot run: no process for it: {why}"
    await check_failure(engine, tmp_path, text, headline, "crash")


async def test_a_file_beside_the_environment_is_no_part_of_it(
    engine: Engine, workspace: Path, tmp_path: Path
) -> None:
    data = workspace / ".venv-data.csv"
    text = f"def a():\n    return open({str(data)!r}).read()\n"
    for value in ("one", "two!"):
        data.write_text(value)
        assert (await run_plan(engine, tmp_path, text)).value("a") == value


async def test_another_installed_package_makes_results_stale(
    engine: Engine, workspace: Path, tmp_path: Path
) -> None:
    text = "def a():\n    return 1\n"
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "ran"}
    assert (await run_plan(engine, tmp_path, text)).became == {"a": "cached"}
    (installed,) = (workspace / ".venv").glob("lib/*/site-packages")
    (installed / "another_package").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("VIRTUAL_ENV", raising=False)
        later = Engine(workspace)
    assert (await run_plan(later, tmp_path, text)).became == {"a": "ran"}
    await later.close()
