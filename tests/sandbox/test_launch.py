"""How a worker process is started: what it gets of ours, and what it does not."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.sandbox.confinement import UNCONFINED
from codeact_lsp.sandbox.launch import end, launch
from tests.engine.running import alive

TELL = """
import json, os, sys
told = {
    "arguments": sys.argv[2:],
    "environment": dict(os.environ),
    "folder": os.getcwd(),
    "session": os.getsid(0) == os.getpid(),
    "path": sys.path,
    "flags": [sys.flags.safe_path, sys.flags.no_user_site, sys.flags.hash_randomization],
    "bytecode": not sys.dont_write_bytecode,
    "descriptors": [n for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")],
    "standard": [os.readlink(f"/proc/self/fd/{number}") for number in range(3)],
}
with os.fdopen(int(sys.argv[1]), "w") as pipe:
    json.dump(told, pipe)
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a script sees that was launched with some arguments."""
    for name in ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHASHSEED"):
        monkeypatch.setenv(name, "5")
    monkeypatch.setenv("MINE", "kept")
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    script = tmp_path / "tell.py"
    script.write_text(TELL)
    ours, theirs = os.pipe()
    private = os.open(os.devnull, os.O_RDONLY)
    process = launch(Path(sys.executable), script, [str(theirs), "a", "b c"], theirs, UNCONFINED)
    os.close(theirs)
    os.close(private)
    with os.fdopen(ours) as pipe:
        seen: dict[str, Any] = {**json.load(pipe), "pipe": theirs}
    assert process.wait() == 0
    return seen


def test_it_gets_its_arguments_one_descriptor_and_nothing_else(told: dict[str, Any]) -> None:
    assert told["arguments"] == ["a", "b c"]
    assert {int(number) for number in told["descriptors"]} == {0, 1, 2, told["pipe"]}
    assert told["standard"] == [os.devnull] * 3


def test_no_variable_of_pythons_gets_in_and_the_users_others_do(told: dict[str, Any]) -> None:
    environment = told["environment"]
    assert {name for name in environment if name.startswith("PYTHON")} == {"PYTHONHASHSEED"}
    assert environment["MINE"] == "kept"
    assert environment["OMP_NUM_THREADS"] == environment["MKL_NUM_THREADS"] == "1"
    assert environment["JE_ARROW_MALLOC_CONF"] == "background_thread:false"


def test_it_stands_apart_from_the_workspace_and_from_the_terminal(
    told: dict[str, Any], tmp_path: Path
) -> None:
    assert told["folder"] == "/"
    assert told["session"]
    assert str(tmp_path) not in told["path"]
    assert "" not in told["path"]
    assert told["flags"] == [True, 1, 0]
    assert not told["bytecode"]


def test_an_interpreter_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        launch(tmp_path / "python", tmp_path / "x.py", [], 0, UNCONFINED)


def test_a_process_that_does_not_end_in_time_is_killed() -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(3600)"]
    patient = subprocess.Popen(sleep, start_new_session=True)
    end(patient, 0.05)
    assert not alive(patient.pid)
    assert patient.returncode == -9


def test_a_process_that_ends_in_time_is_waited_for() -> None:
    quick = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    before = time.monotonic()
    end(quick, 60.0)
    assert quick.returncode == 3
    assert time.monotonic() - before < 60
