"""The user's settings, which come as initialization options."""

import sys
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.server.settings import Settings, read_settings
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_settings_are_taken_over() -> None:
    options = {"interpreter": "python", "timeout": 0, "workers": 3, "resources": {"gpu": 2}}
    expected = Settings(interpreter="python", timeout=0, workers=3, resources={"gpu": 2})
    assert read_settings(options) == (expected, None)


async def test_without_options_the_defaults_hold() -> None:
    assert read_settings(None) == (Settings(), None)
    assert read_settings({}) == (Settings(), None)
    assert read_settings({"a newer one": 1}) == (Settings(), None)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["workers"], "expected an object"),
        ("workers", "expected an object"),
        ({"workers": 0}, "workers must be 1 or more, not 0"),
        ({"timeout": -1}, "timeout must be 0 or more, not -1"),
        ({"resources": {"gpu": 0}}, "gpu must be 1 or more, not 0"),
        ({"workers": "4"}, "invalid value for type, expected int @ settings.workers"),
        ({"timeout": True}, "invalid value for type, expected int @ settings.timeout"),
        (
            {"resources": {"gpu": "1"}},
            "invalid value for type, expected int @ settings.resources['gpu']",
        ),
    ],
)
async def test_bad_settings_are_told_and_the_defaults_hold(options: Any, why: str) -> None:
    assert read_settings(options) == (Settings(), f"initializationOptions: {why}")


async def test_the_user_is_shown_what_is_wrong_and_the_server_works(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"workers": 0}) as editor:
        assert await editor.open("def a(): return 1\n").run() == "done"
        assert [shown.message for shown in editor.messages] == [
            "initializationOptions: workers must be 1 or more, not 0"
        ]


async def test_the_interpreter_of_the_settings_runs_the_nodes(tmp_path: Path) -> None:
    other = tmp_path / "another-python"
    other.symlink_to(sys.executable)
    async with connected(tmp_path, options={"interpreter": str(other)}) as editor:
        plan = editor.open("import sys\ndef a(): return sys.executable.split('/')[-1]\n")
        assert await plan.run() == "done"
        assert (await plan.command("value", node="a"))["preview"] == "another-python"


async def test_the_timeout_of_the_settings_holds_for_nodes_without_their_own(
    tmp_path: Path,
) -> None:
    async with connected(tmp_path, options={"timeout": 1}) as editor:
        plan = editor.open("def a():\n    while True: pass\n")
        assert await plan.run() == "failed"
        assert [found.message for found in await plan.diagnostics()] == [
            "Timeout: still running after 1 s, its time limit"
        ]


async def test_counted_resources_let_as_many_nodes_run_as_there_are_units(tmp_path: Path) -> None:
    options = {"workers": 4, "resources": {"gpu": 2}}
    node = '''
        def {name}():
            """Wait until two run at once.

            Uses: gpu:1
            """
            Path("{name}").touch()
            while not (Path("a").exists() and Path("b").exists()):
                time.sleep(0.01)
        '''
    text = "import time\nfrom pathlib import Path\n"
    async with connected(tmp_path, options=options) as editor:
        plan = editor.open(text)
        for name in "ab":
            plan.append(node.format(name=name))
        assert await plan.run() == "done"
