"""Which Python runs a workspace's plans, and when its results are another's."""

import os
import sys
from pathlib import Path

import pytest

from codeact_lsp.engine.workspace.interpreter import (
    Interpreter,
    NoInterpreterError,
    fault_of,
    find_interpreter,
)


def environment(folder: Path) -> Path:
    """A folder that looks like a virtual environment; its Python."""
    python = folder / "bin" / "python"
    (folder / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    python.parent.mkdir(parents=True)
    python.touch()
    return python


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    (tmp_path / "workspace").mkdir()
    return tmp_path / "workspace"


def test_the_users_choice_goes_first_then_the_active_environment_then_the_workspaces_then_ours(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = environment(tmp_path / "chosen")
    own = Interpreter(Path(sys.executable), "the server's own")
    assert find_interpreter(workspace) == own

    of_workspace = environment(workspace / ".venv")
    why = "the workspace's .venv"
    assert find_interpreter(workspace) == Interpreter(of_workspace, why, of_workspace=True)

    active = environment(tmp_path / "active")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "active"))
    why = "the active virtual environment"
    assert find_interpreter(workspace) == Interpreter(active, why)

    assert find_interpreter(workspace, str(chosen)) == Interpreter(chosen, "set by the user")


@pytest.mark.parametrize("chosen_by", ["setting", "environment", "us"])
def test_a_way_back_in_a_path_is_gone_so_that_a_container_can_show_it(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen_by: str
) -> None:
    python = environment(tmp_path / "chosen")
    named = workspace / ".." / "chosen" / "bin" / "python"
    if chosen_by == "environment":
        monkeypatch.setenv("VIRTUAL_ENV", str(named.parent.parent))
    elif chosen_by == "us":
        monkeypatch.setattr(sys, "executable", str(named))
    setting = str(named) if chosen_by == "setting" else None
    assert find_interpreter(workspace, setting).path == python.parent.resolve() / "python"


def test_an_active_environment_without_a_python_is_passed_over(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "removed"))
    of_workspace = environment(workspace / ".venv")
    assert find_interpreter(workspace).path == of_workspace


def test_a_choice_may_be_relative_to_the_workspace_or_to_the_users_home(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = environment(workspace / "env")
    assert find_interpreter(workspace, "env/bin/python").path == inside
    monkeypatch.setenv("HOME", str(tmp_path))
    at_home = environment(tmp_path / "home_env")
    assert find_interpreter(workspace, "~/home_env/bin/python").path == at_home


def test_a_relative_workspace_gives_an_absolute_path(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_workspace = environment(workspace / ".venv")
    monkeypatch.chdir(workspace)
    assert find_interpreter(Path()).path == of_workspace


def test_a_choice_may_be_a_command(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = environment(tmp_path / "somewhere")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(command.parent))
    assert find_interpreter(workspace, "python").path == command


@pytest.mark.parametrize("choice", ["/nowhere/python", "nowhere/python", "no-such-command", "/"])
def test_a_choice_that_does_not_exist_is_an_error_and_never_passed_over(
    workspace: Path, choice: str
) -> None:
    with pytest.raises(NoInterpreterError, match=f"There is no interpreter {choice}"):
        find_interpreter(workspace, choice)


def test_a_python_that_lies_in_the_workspace_or_is_led_to_from_there_is_the_workspaces(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, outside = environment(workspace / "env"), environment(tmp_path / "env")
    for link, target in (("in", workspace), ("out", tmp_path)):
        (tmp_path / link).symlink_to(target / "env")
    linked = environment(tmp_path / "linked")
    linked.unlink()
    linked.symlink_to(inside)
    for choice in (inside, linked, tmp_path / "in" / "bin" / "python"):
        assert find_interpreter(workspace, str(choice)).of_workspace
    for choice in (outside, tmp_path / "out" / "bin" / "python"):
        assert not find_interpreter(workspace, str(choice)).of_workspace
    # Where a relative path leads depends on the workspace, and an editor's setting may be its own.
    assert find_interpreter(workspace, "../env/bin/python").of_workspace
    # What we run in ourselves was started by the user, wherever it is.
    assert not find_interpreter(Path(sys.prefix), sys.executable).of_workspace


def test_a_script_stands_for_the_python_that_it_starts(workspace: Path, tmp_path: Path) -> None:
    shim = pretending(tmp_path, f'exec {sys.executable} "$@"')
    found = find_interpreter(workspace, str(shim))
    assert found == Interpreter(Path(sys.executable), f"set by the user, as {shim}")


def test_a_script_that_starts_no_python_stays_what_it_is(workspace: Path, tmp_path: Path) -> None:
    shim = pretending(tmp_path, "echo no version is set >&2; exit 127")
    assert find_interpreter(workspace, str(shim)).path == shim


def test_a_script_of_the_workspaces_is_not_asked(workspace: Path, tmp_path: Path) -> None:
    started = tmp_path / "started"
    shim = pretending(workspace, f"echo >{started}")
    assert find_interpreter(workspace, str(shim)) == Interpreter(
        shim, "set by the user", of_workspace=True
    )
    assert not started.exists()


def identity(path: Path) -> str:
    return Interpreter(path, "").identity


def test_the_identity_changes_with_the_interpreter_and_with_what_is_installed(
    tmp_path: Path,
) -> None:
    python = environment(tmp_path / "env")
    seen = [identity(python)]
    assert identity(python) == seen[0]

    packages = tmp_path / "env" / "lib" / "python3.11" / "site-packages"
    os.utime(packages, (1, 1))
    seen.append(identity(python))
    (packages / "numpy").mkdir()
    seen.append(identity(python))
    os.utime(python, (2, 2))
    seen.append(identity(python))
    seen.append(identity(environment(tmp_path / "other")))
    assert len(set(seen)) == len(seen)


def test_the_identity_changes_with_the_interpreter_behind_a_link(tmp_path: Path) -> None:
    python, base = environment(tmp_path / "env"), environment(tmp_path / "base")
    python.unlink()
    python.symlink_to(base)
    before = identity(python)
    os.utime(base, (2, 2))
    assert identity(python) != before


def pretending(folder: Path, script: str) -> Path:
    """A program that answers as `script` says, whatever it is asked."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("echo Python 3.9.18", "is Python 3.9.18, and plans need Python 3.11 or newer"),
        ("echo Python 2.7.18", "is Python 2.7.18, and plans need Python 3.11 or newer"),
        (
            "echo Python 3.12.1; echo \"No module named '_ctypes'\" >&2; exit 1",
            "is no Python that works: No module named '_ctypes'",
        ),
        ("echo hello", "is no Python that works: exit status 0"),
        ("exit 3", "is no Python that works: exit status 3"),
        ("kill -9 $$", "is no Python that works: exit status -9"),
    ],
)
def test_a_python_that_cannot_run_plans_is_told_to_be_so(
    tmp_path: Path, script: str, fault: str
) -> None:
    program = pretending(tmp_path, script)
    assert fault_of(program) == f"{program} {fault}"


def test_what_cannot_be_started_is_told_to_be_so(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    assert fault_of(nothing) == f"{nothing} does not start: No such file or directory"


def test_our_own_python_can_run_plans() -> None:
    assert fault_of(Path(sys.executable)) is None
