"""Start a worker process."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Several threads of a numeric library are no gain where every node has a process of its own, and
# a library that has started threads cannot be forked safely.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        **dict.fromkeys(_ONE_THREAD, "1"),
        # Sets and dictionaries of strings keep their order from run to run, and so do results.
        "PYTHONHASHSEED": "0",
    }
    return subprocess.Popen(
        # What -I does, less its -E, which would ignore our own variable too.
        [str(interpreter), "-P", "-s", "-B", str(script), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[descriptor],
        cwd="/",
        env=environment,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    """Wait for a process that was told to end; kill it after `patience` seconds."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
