"""Start a worker process."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Several threads of a numeric library are no gain where every node has a process of its own, and
# a library that has started threads cannot be forked safely.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_SET = {
    **dict.fromkeys(_ONE_THREAD, "1"),
    # Sets and dictionaries of strings keep their order from run to run, and so do results.
    "PYTHONHASHSEED": "0",
}


def launch(
    interpreter: Path, script: Path, arguments: Sequence[str], descriptor: int
) -> subprocess.Popen[bytes]:
    """Start `script` isolated from the workspace and from the terminal's signals.

    Args:
        interpreter: The Python to run it with.
        script: The script's path.
        arguments: Its arguments.
        descriptor: The one descriptor that it inherits besides the standard ones.

    Raises:
        OSError: The interpreter cannot be started.
    """
    return subprocess.Popen(
        # What -I does, less its -E, which would ignore our own variable too.
        [str(interpreter), "-P", "-s", "-B", str(script), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[descriptor],
        cwd="/",
        env=environment(),
        start_new_session=True,
    )


def environment() -> dict[str, str]:
    """The variables that a worker process starts with."""
    return {name: value for name in (*os.environ, *_SET) if (value := variable(name)) is not None}


def variable(name: str) -> str | None:
    """The value of one of these variables; None if there is no such variable."""
    if name in _SET:
        return _SET[name]
    return None if name.startswith("PYTHON") else os.environ.get(name)


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    """Wait for a process that was told to end; after `patience` seconds kill its group."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # It was started in a session of its own.
        process.wait()


def ask(interpreter: Path, code: str, patience: float) -> subprocess.CompletedProcess[str]:
    """Have a Python run some code, away from the workspace.

    Raises:
        OSError: It cannot be started.
        TimeoutError: It has not ended after `patience` seconds.
    """
    try:
        return subprocess.run(
            [str(interpreter), "-E", "-s", "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            cwd="/",
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
