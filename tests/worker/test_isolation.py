"""Each node has a process of its own: what one does to it, no other sees."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def seen(engine: Engine, folder: Path, expression: str) -> object:
    """What a node sees of its surroundings."""
    text = f"import json, os, sys\nfrom pathlib import Path\n\ndef a():\n    return {expression}\n"
    return (await run_plan(engine, folder, text)).value("a")


async def test_a_plan_runs_in_its_folder_under_its_own_name(engine: Engine, tmp_path: Path) -> None:
    expression = "[os.getcwd(), sys.path[0], sys.argv, __file__, __name__]"
    file = str(tmp_path / "it.plan.py")
    assert await seen(engine, tmp_path, expression) == [
        str(tmp_path),
        str(tmp_path),
        [file],
        file,
        "it_plan",
    ]


async def test_a_plan_imports_what_lies_beside_it(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("VALUE = 3\n")
    text = "import helper\n\ndef a():\n    return helper.VALUE\n"
    assert (await run_plan(engine, tmp_path, text)).value("a") == 3
    assert not (tmp_path / "__pycache__").exists()


async def test_what_lies_beside_a_plan_shadows_nothing_of_the_worker(
    engine: Engine, tmp_path: Path
) -> None:
    for name in ("json", "selectors", "socket", "pickle", "asyncio", "values", "child", "errors"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')\n")
    assert await seen(engine, tmp_path, "json.dumps(1)") == "1"


async def test_nothing_of_ours_is_in_a_nodes_process(engine: Engine, tmp_path: Path) -> None:
    expression = "sorted(name for name in sys.modules if name.startswith('codeact_lsp'))"
    assert await seen(engine, tmp_path, expression) == []


async def test_a_node_has_no_input_and_only_the_descriptors_that_are_its_own(
    engine: Engine, tmp_path: Path
) -> None:
    assert await seen(engine, tmp_path, "sys.stdin.read()") == ""
    links = "sorted(int(name) for name in os.listdir('/proc/self/fd'))"
    text = f"import os\n\ndef a(): return 1\ndef b(a): return {links}\n"
    ran = await run_plan(engine, tmp_path, text)
    # Null, stdout, stderr, report, value and one input; then the listing's own.
    assert ran.value("b") == [0, 1, 2, 3, 4, 5, 6]


async def test_a_nodes_value_cannot_be_reached_by_its_children(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import subprocess

    def a(): return 1

    def b(a):
        command = ["ls", "/proc/self/fd"]
        return subprocess.check_output(command, close_fds=False, text=True).split()
    """
    ran = await run_plan(engine, tmp_path, text)
    # Null, a pipe to the node, stderr; then the listing's own.
    assert ran.value("b") == ["0", "1", "2", "3"]


async def test_what_a_node_changes_is_gone_with_it(engine: Engine, tmp_path: Path) -> None:
    text = """
    import builtins, json, os, random, sys, threading, time

    def a():
        os.environ["LEFT"] = json.left = builtins.left = sys.left = "behind"
        json.loads = None
        os.chdir("/")
        sys.setrecursionlimit(60)
        threading.Thread(target=time.sleep, args=(3600,)).start()

    def b(a):
        found = [hasattr(thing, "left") for thing in (json, builtins, sys)]
        found += ["LEFT" in os.environ, threading.active_count()]
        return [*found, os.getcwd(), json.loads("1"), sys.getrecursionlimit()]
    """
    ran = await run_plan(engine, tmp_path, text)
    assert ran.value("b") == [False, False, False, False, 1, str(tmp_path), 1, 1000]


async def test_module_level_code_runs_once_a_node(engine: Engine, tmp_path: Path) -> None:
    text = """
    LOG = open("log", "a")
    print("loaded", file=LOG, flush=True)

    def a(): return LOG.name

    def b(a): return LOG.name
    """
    await run_plan(engine, tmp_path, text)
    assert (tmp_path / "log").read_text() == "loaded\n" * 2


async def test_a_class_of_the_plan_is_the_same_class_in_every_node(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import dataclasses

    @dataclasses.dataclass(frozen=True)
    class _Order:
        amount: int

        class Inner:
            pass

    def a(): return [_Order(3), _Order.Inner()]

    def b(a): return a

    def c(b): return [type(b[0]).__qualname__, b[0].amount, type(b[1]).__qualname__]
    """
    ran = await run_plan(engine, tmp_path, text)
    assert ran.value("c") == ["_Order", 3, "_Order.Inner"]
