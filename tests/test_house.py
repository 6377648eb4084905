"""The rules of the house: which way imports may point, what may stand where."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import codeact_lsp
from codeact_lsp.plan.problems.codes import CODES
from codeact_lsp.server.commands import COMMANDS
from codeact_lsp.server.settings import Settings, name_of

PACKAGE = Path(codeact_lsp.__file__).parent
ROOT = PACKAGE.parent
# Arrows run downwards only: a room may use itself and those that its entry names.
ROOMS = {
    "plan": set[str](),
    "worker": set[str](),
    "sandbox": set[str](),
    "safety": {"plan", "sandbox"},
    "engine": {"plan", "sandbox"},
    "model": set[str](),
    "repair": {"plan", "sandbox", "safety", "engine", "model"},
    "tape": {"plan", "engine", "model"},
    "agent": {"plan", "sandbox", "safety", "engine", "model", "repair", "tape"},
    "library": {"plan", "engine", "worker", "model", "tape", "agent"},
    "tapeagents": {"plan", "engine", "model", "repair", "tape", "agent", "library"},
    "server": {"plan", "sandbox", "safety", "engine", "model", "repair", "tape", "agent"},
    "cli": {
        "plan",
        "sandbox",
        "safety",
        "engine",
        "model",
        "repair",
        "tape",
        "agent",
        "server",
    },
}
# One place for each of these: a library that knows a protocol, a model, or the system.
OWNERS = {
    "lsprotocol": "server",
    "pygls": "server",
    "litellm": "model",
    "tapeagents": "tapeagents",
    "subprocess": "sandbox",
    "h11": "sandbox",
    "rich": "cli",
    "argparse": "cli",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str | None:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else None


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def test_every_room_is_known() -> None:
    found = {room_of(path) for path in modules()} - {None}
    assert found == set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_run_downwards(path: Path) -> None:
    room = room_of(path)
    if room is None:
        return
    for name in imports(path):
        if name == "codeact_lsp" or not name.startswith("codeact_lsp."):
            continue
        assert name.split(".")[1] in ROOMS[room] | {room}, f"{room} must not import {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_in_their_room(path: Path) -> None:
    for name in imports(path):
        owner = OWNERS.get(name.split(".")[0])
        assert owner in {None, room_of(path)}, f"only {owner} may import {name}"


def test_the_worker_needs_the_standard_library_alone() -> None:
    for path in (PACKAGE / "worker").rglob("*.py"):
        outside = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names
        assert not outside, f"{path.name} imports {outside}"


def test_the_plan_core_does_no_io() -> None:
    forbidden = {"os", "io", "pathlib", "socket", "subprocess", "asyncio", "sqlite3", "tempfile"}
    for path in (PACKAGE / "plan").rglob("*.py"):
        used = {name.split(".")[0] for name in imports(path)} & forbidden
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not used, f"{path.name} imports {used}"
        assert not calls & {"open", "print", "exec", "eval", "input"}, path.name


@pytest.mark.parametrize(
    "heavy", ["griffe", "h11", "libcst", "networkx", "litellm", "pickle", "rapidfuzz", "rich"]
)
def test_starting_the_server_does_not_import(heavy: str) -> None:
    script = (
        "import sys; from codeact_lsp.server.server import create_server; create_server();"
        f"sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_importing_the_package_costs_nothing() -> None:
    script = (
        "import sys; before = set(sys.modules); import codeact_lsp;print(set(sys.modules) - before)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    ).stdout
    assert shown.strip() == "{'codeact_lsp'}"


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == codeact_lsp.__version__
    assert f"## [{codeact_lsp.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_problem_code_is_documented() -> None:
    documented = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert not {code for code in CODES if f"`{code}`" not in documented}


def test_every_command_and_setting_is_documented() -> None:
    documented = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    names = [command.name for command in COMMANDS] + [name_of(each) for each in fields(Settings)]
    assert [name for name in names if f"\n| `{name}` |" not in documented] == []


def test_the_map_of_the_rooms_names_all_that_is_in_them() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for room in ("plan", "engine"):
        folders = {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")}
        assert not {name for name in folders if f"`{name}/`" not in drawn}
    for room in ("engine", "server", "worker"):
        of_room = drawn.partition(f"### Inside `{room}/`")[2].partition("\n#")[0]
        files = {path.stem for path in (PACKAGE / room).glob("*.py")} - {"__init__"}
        assert not {name for name in files if f"`{name}`" not in of_room}
