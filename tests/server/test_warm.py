"""What the first requests need is loaded while nobody waits for it."""

import os
import subprocess
import sys
from pathlib import Path

from codeact_lsp.sandbox import mechanisms

SCRIPT = """
import asyncio, sys
from codeact_lsp.server import warm
from codeact_lsp.server.server import create_server

def loaded():
    return {"griffe", "rapidfuzz", "codeact_lsp.server.features.refactor"} & sys.modules.keys()

async def main():
    create_server()
    assert not loaded(), loaded()
    asked = []
    busy = iter([True, True])

    def is_busy():
        asked.append(loaded())
        return next(busy, False)

    warm.soon(is_busy)
    while len(loaded()) < 3:
        await asyncio.sleep(0.01)
    assert asked[:3] == [set()] * 3, asked

asyncio.run(main())
"""


def test_it_is_no_part_of_the_start_and_comes_by_itself_once_nothing_runs() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True, timeout=60)


FOR_REPAIRS = """
import asyncio, sys, threading
from pathlib import Path
from codeact_lsp.server import warm
from codeact_lsp.server.server import create_server
from tests.server.pair import connected

class Noting:
    loaded = []

    def find_spec(self, name, *_):
        if name.startswith("codeact_lsp.repair"):
            self.loaded.append((name, threading.current_thread() is threading.main_thread()))

async def main():
    warm._MODULES = ()  # As in a server that has had no idle time yet.
    async with connected(Path.cwd(), server=create_server()) as editor:
        plan = editor.open("def one() -> int:\\n    return len([1]).real + oen")
        await plan.diagnostics()
        sys.meta_path.insert(0, Noting())
        assert (await plan.command("runPlan"))["status"] == "failed"
        await editor.until(lambda: plan.published() and not plan.is_searched())
    assert ("codeact_lsp.repair.memory.lessons", False) in Noting.loaded
    print([name for name, is_waited_for in Noting.loaded if is_waited_for])

asyncio.run(main())
"""


def test_the_loop_loads_nothing_of_what_looks_for_fixes(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FOR_REPAIRS]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    said = subprocess.run(
        command, check=True, timeout=60, stdout=subprocess.PIPE, text=True, cwd=tmp_path,
        env=environment,
    ).stdout  # fmt: skip
    assert said == "[]\n"


FOR_A_RUN = """
import asyncio, sys
from pathlib import Path
from codeact_lsp.sandbox import mechanisms
from codeact_lsp.server.server import create_server
from tests.server.pair import connected

async def main():
    server = create_server()
    assert "codeact_lsp.engine.session" not in sys.modules
    async with connected(Path.cwd(), server=server):
        assert "codeact_lsp.engine.session" in sys.modules
        assert not mechanisms.are_known()
        print(mechanisms.mechanisms())

asyncio.run(main())
"""


def test_what_a_run_needs_is_loaded_and_asked_for_once_a_client_has_its_answer() -> None:
    command = [sys.executable, "-c", FOR_A_RUN]
    said = subprocess.run(command, check=True, timeout=60, stdout=subprocess.PIPE, text=True).stdout
    assert said == f"{mechanisms.mechanisms()}\n"
