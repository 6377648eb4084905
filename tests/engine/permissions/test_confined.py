"""Nodes that may not do all that the user may: what they are refused, and that it is refused.

All of it holds whichever mechanisms a machine has, so each test runs with all of them, without
namespaces of the nodes' own, and without a container.
"""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, Policy, grant, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from tests.engine.running import Ran, marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

WITHHELD = ("", "nested", "bwrap")


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=WITHHELD, ids=lambda w: w or "-"
)
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(WITHHOLD, request.param)
        engine = Engine(Path.cwd())
        yield engine
        await engine.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = (tmp_path / "workspace").resolve()
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


async def run_strict(engine: Engine, workspace: Path, text: str, **settings: Any) -> Ran:
    """Run a plan all of whose nodes have the fewest rights, unless a policy says otherwise."""
    strict = preset(Level.STRICT, workspace)
    policies = dict.fromkeys(Plan.from_text(marked(text)[0]).nodes, strict)
    policies |= settings.pop("policies", {})
    return await run_plan(engine, workspace, text, policies=policies, **settings)


REFUSED = [
    ("«open('{outside}')».read()", "read", "{outside}"),
    ("«open('.env')».read()", "read", "{workspace}/.env"),
    ("«os.listdir('{folder}')»", "read", "{folder}"),
    ("«open('new.txt', 'w')»", "write", "{workspace}/new.txt"),
    ("«open('data.txt', 'a')»", "write", "{workspace}/data.txt"),
    ("«os.remove('data.txt')»", "write", "{workspace}/data.txt"),
    ("«os.rename('data.txt', 'other.txt')»", "write", "{workspace}/data.txt"),
    ("«subprocess.run(['true'])»", "processes", "true"),
    ("«os.fork()»", "processes", ""),
    ("«os.system('true')»", "processes", "true"),
    ("«multiprocessing.util.spawnv_passfds(b'true', [b'true'], [])»", "processes", "true"),
    ("«sqlite3.connect('{outside}')»", "read", "{outside}"),
    ("«sqlite3.connect('new.db')»", "write", "{workspace}"),
    ("«socket.create_connection(('127.0.0.1', 9))»", "network", "127.0.0.1:9"),
]


@pytest.mark.parametrize(("expression", "right", "what"), REFUSED)
async def test_what_a_node_may_not_do_is_an_error_where_it_tried(  # noqa: PLR0917 - fixtures.
    engine: Engine, workspace: Path, tmp_path: Path, expression: str, right: str, what: str
) -> None:
    (workspace / ".env").write_text("TOKEN=1")
    (workspace / "data.txt").write_text("data")
    places = {"outside": tmp_path / "outside.txt", "folder": tmp_path, "workspace": workspace}
    places["outside"].write_text("outside")
    text = f"""
        import multiprocessing.util, os, socket, sqlite3, subprocess

        def a():
            return {expression.format(**places)}
        """
    ran = await run_strict(engine, workspace, text)
    error = ran.errors["a"]
    assert (error.category, error.denied) == ("denied", Denied(right, what.format(**places)))
    assert [error.span] == marked(text)[1]
    assert names(workspace) == [".env", "data.txt", "it.plan.py"]
    assert (workspace / "data.txt").read_text() == "data"


async def test_an_error_number_of_the_plans_own_is_no_refusal(
    engine: Engine, workspace: Path
) -> None:
    text = """
        def a():
            open("data.txt")

        def b():
            raise PermissionError(1, "you may not")

        def c():
            open(__file__).close()
            raise PermissionError(1, "you may not")
        """
    ran = await run_strict(engine, workspace, text)
    assert {node: error.category for node, error in ran.errors.items()} == {
        "a": "user",
        "b": "user",
        "c": "user",
    }


async def test_nodes_read_the_workspace_and_write_scratch_that_nobody_else_sees(
    engine: Engine, workspace: Path
) -> None:
    (workspace / "data.txt").write_text("data")
    (workspace / "helper.py").write_text("def double(text): return text * 2")
    text = """
        import os, pathlib, tempfile
        import helper

        def a():
            with tempfile.NamedTemporaryFile("w+", delete=False) as file:
                file.write(pathlib.Path("data.txt").read_text())
            return pathlib.Path(file.name).read_text()

        def b(a):
            return helper.double(a), os.listdir(tempfile.gettempdir())
        """
    ran = await run_strict(engine, workspace, text)
    assert not ran.errors
    assert (ran.value("a"), ran.value("b")) == ("data", ("datadata", []))


async def test_a_node_sees_none_of_the_users_variables_and_no_other_process(
    engine: Engine, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN_OF_THE_USER", "secret")
    text = """
        import os, pathlib

        def a():
            own = pathlib.Path("/proc/self/environ").read_bytes()
            return os.environ.get("TOKEN_OF_THE_USER"), b"secret" in own

        def b():
            own = {os.readlink("/proc/self"), str(os.getpid())}
            others = {str(pid) for pid in range(5000)} - own
            assert _status(os.getpid()) == _status("self")
            return [pid for pid in others if _readable(f"/proc/{pid}/cmdline")]

        def _status(pid):
            return pathlib.Path(f"/proc/{pid}/status").read_text().split("TracerPid:")[0]

        def _readable(path):
            try:
                return pathlib.Path(path).read_bytes()
            except OSError:
                return None
        """
    ran = await run_strict(engine, workspace, text)
    assert (ran.value("a"), ran.value("b")) == ((None, False), [])


async def test_what_a_node_left_running_ends_with_it(
    engine: Engine, workspace: Path, tmp_path: Path
) -> None:
    text = f"""
        import subprocess

        def a():
            subprocess.Popen(["sleep", "86{os.getpid()}"], start_new_session=True)
        """
    standard = preset(Level.STANDARD, workspace)
    ran = await run_strict(engine, workspace, text, policies={"a": standard})
    assert ran.status == "done"
    assert not running(f"86{os.getpid()}")


def running(argument: str) -> list[str]:
    """The processes of this machine that have an argument."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if argument.encode() in words:
            found.append(folder.name)
    return found


def write_right(workspace: Path, policy: Policy) -> Policy:
    """The right to write one folder."""
    (workspace / "out").mkdir(exist_ok=True)
    return grant(policy, write=[workspace / "out"])


async def test_locks_of_processes_work_or_it_is_said_what_they_take(
    engine: Engine, workspace: Path
) -> None:
    text = """
        import multiprocessing

        def locks():
            with multiprocessing.Lock():
                return 1

        def pools():
            return multiprocessing.Queue().empty()
        """
    ran = await run_strict(engine, workspace, text)
    denied = {node: error.denied for node, error in ran.errors.items()}
    shared = Denied("shared", "")
    assert denied == ({} if ran.errors == {} else {"locks": shared, "pools": shared})
    assert (ran.errors == {}) is (os.environ[WITHHOLD] == "")


async def test_a_folder_that_was_made_anew_is_the_one_that_is_written(
    engine: Engine, workspace: Path
) -> None:
    text = """
        import pathlib

        def a():
            return pathlib.Path("out/a.txt").write_text("a")
        """
    for _ in range(2):
        right = write_right(workspace, preset(Level.STRICT, workspace))
        ran = await run_strict(engine, workspace, text, policies={"a": right})
        assert ran.errors == {}
        assert names(workspace / "out") == ["a.txt"]
        shutil.rmtree(workspace / "out")


async def test_what_was_granted_can_be_written_and_nothing_else(
    engine: Engine, workspace: Path
) -> None:
    text = """
        import pathlib

        def a():
            return pathlib.Path("out/a.txt").write_text("a")

        def b(a):
            pathlib.Path("b.txt").write_text("b")
        """
    policy = write_right(workspace, preset(Level.STRICT, workspace))
    ran = await run_strict(engine, workspace, text, policies={"a": policy, "b": policy})
    assert (workspace / "out" / "a.txt").read_text() == "a"
    assert ran.errors["b"].denied == Denied("write", str(workspace / "b.txt"))


EVIL = """
    import pathlib

    class Evil:
        def __reduce__(self):
            return pathlib.Path.touch, (pathlib.Path("out/evil").absolute(),)

    def made():
        return [1, Evil()]

    def table():
        return {"rows": [1, 2.5, "x"], "when": None}

    def taken(made):
        return made

    def written(table):
        return pathlib.Path("out/rows").write_text(str(table["rows"]))
    """


async def test_a_value_does_no_more_in_a_node_with_more_rights_than_where_it_was_made(
    engine: Engine, workspace: Path
) -> None:
    wider = write_right(workspace, preset(Level.STRICT, workspace))
    ran = await run_strict(engine, workspace, EVIL, policies={"taken": wider, "written": wider})
    assert "is more than data" in ran.errors["taken"].message
    assert names(workspace / "out") == ["rows"]


async def test_a_result_made_with_some_rights_is_none_for_others(
    engine: Engine, workspace: Path
) -> None:
    text = "def a():\n    return 1\n"
    assert (await run_strict(engine, workspace, text)).became == {"a": "ran"}
    assert (await run_strict(engine, workspace, text)).became == {"a": "cached"}
    ran = await run_plan(engine, workspace, text)
    assert ran.became == {"a": "ran"}
    assert ran.why("a") == "what it may do is not what it was"


async def test_what_is_hidden_from_a_node_is_no_ground_of_its_result(
    engine: Engine, workspace: Path, tmp_path: Path
) -> None:
    hidden = tmp_path / "hidden.txt"
    text = f"""
        import os

        def a():
            return os.path.exists({str(hidden)!r})
        """
    hidden.write_text("one")
    assert (await run_strict(engine, workspace, text)).became == {"a": "ran"}
    hidden.write_text("two!")
    assert (await run_strict(engine, workspace, text)).became == {"a": "cached"}


async def test_limits_are_kept_by_the_kernel(engine: Engine, workspace: Path) -> None:
    text = """
        def memory():
            return len(bytes(10**9))

        def files():
            return [open("it.plan.py") for _ in range(1000)]
        """
    strict = preset(Level.STRICT, workspace)
    limits = replace(strict.limits, memory=500_000_000, open_files=600)
    policies = dict.fromkeys(("memory", "files"), replace(strict, limits=limits))
    ran = await run_strict(engine, workspace, text, policies=policies)
    assert ran.errors["memory"].category == "memory"
    assert ran.errors["files"].headline.startswith("OSError: [Errno 24]")
