"""The main job, in a session with the server as editors start it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from pytest_lsp import ClientServerConfig

from tests.e2e.served import COMMAND
from tests.leftovers import Marked
from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.e2e
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest_asyncio.fixture
async def editor(tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor that has started a server of its own."""
    marked = Marked(CODEACT_CACHE_DIR=str(tmp_path / "results"))
    config = ClientServerConfig(COMMAND, Editor, marked.environment)
    editor = await config.start()
    assert isinstance(editor, Editor)
    await editor.begin(tmp_path)
    yield editor
    await editor.shutdown_session()
    await editor.stop()  # type: ignore[no-untyped-call]  # pytest-lsp's own
    assert editor._server is not None
    assert editor._server.returncode == 0
    assert marked.left() == []


def opened(editor: Editor, example: str) -> Tab:
    """A copy of an example, opened in the editor."""
    folder = shutil.copytree(EXAMPLES / example, editor.folder / example)
    path = folder / f"{example}.plan.py"
    tab = Tab(editor, path, path.read_text(encoding="utf-8"), path.as_uri())
    editor.tabs.append(tab)
    return tab


async def test_a_misspelt_column_is_found_repaired_and_forgotten(editor: Editor) -> None:
    plan = opened(editor, "sales")
    assert await plan.diagnostics() == ()
    nodes = len((await plan.command("graph"))["nodes"])
    assert await plan.run() == "failed"
    (failure,) = await plan.diagnostics()
    assert (failure.message, plan.at(failure.range)) == ("KeyError: 'ammount'", '"ammount"')
    await plan.until_fixed()
    first, *_ = await plan.actions('"ammount"')
    assert first.is_preferred
    assert plan.title(first).startswith("Rename 'ammount' to 'amount': runs, 3 of 3 downstream")
    before = plan.text
    plan.apply(first)
    assert plan.text == before.replace("ammount", "amount")
    ended = await plan.command("runPlan")
    assert (ended["status"], ended["counts"]) == ("done", {"cached": nodes})
    assert await plan.diagnostics() == ()


async def test_the_same_server_works_over_tcp(tmp_path: Path, unused_tcp_port: int) -> None:
    marked = Marked(CODEACT_CACHE_DIR=str(tmp_path / "results"))
    command = [*COMMAND, "--tcp", str(unused_tcp_port)]
    process = await asyncio.create_subprocess_exec(
        *command, env=marked.environment, stderr=asyncio.subprocess.PIPE
    )
    editor = Editor()
    await connect(editor, unused_tcp_port)
    await editor.begin(tmp_path)
    assert await editor.open("def a(): return 1\n").run() == "done"
    await editor.shutdown_session()
    _, errors = await process.communicate()
    assert process.returncode == 0
    assert errors.decode() == f"codeact: serving on 127.0.0.1:{unused_tcp_port}\n"
    await editor.stop()  # type: ignore[no-untyped-call]  # pytest-lsp's own
    assert isinstance(editor.protocol.writer, asyncio.StreamWriter)
    editor.protocol.writer.close()  # pygls leaves the client's end open.
    await editor.protocol.writer.wait_closed()
    assert marked.left() == []


async def test_a_port_that_is_taken_is_told(unused_tcp_port: int) -> None:
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", unused_tcp_port)
    async with taken:
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "--tcp", str(unused_tcp_port), stderr=asyncio.subprocess.PIPE
        )
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith(f"codeact: cannot serve on port {unused_tcp_port}: ")
    assert errors.count(b"\n") == 1


async def connect(editor: Editor, port: int) -> None:
    """Connect as soon as the server listens. It serves one client, so nothing else may try."""
    async with asyncio.timeout(30):
        while True:
            try:
                await editor.start_tcp("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
            else:
                return
