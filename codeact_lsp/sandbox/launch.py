"""Start a worker process."""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from codeact_lsp.sandbox.confinement import UNCONFINED, Confinement
from codeact_lsp.sandbox.model_keys import is_model_key

# Several threads of a numeric library are no gain where every node has a process of its own, and
# a library that has started threads cannot be forked safely.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_SET = {
    **dict.fromkeys(_ONE_THREAD, "1"),
    # The allocator that pyarrow brings along, and pandas with it, would start a thread as well.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    # Sets and dictionaries of strings keep their order from run to run, and so do results.
    "PYTHONHASHSEED": "0",
}

# What a Python that came with a plan runs at its start may have no end: 2 GB of memory, 1 MB of
# what it writes.
_BOUNDED = ("/bin/sh", "-c", 'ulimit -v 2097152; ulimit -f 2048; exec "$@"', "sh")
_MOST_BYTES = 1024 * 1024


def launch(
    interpreter: Path,
    script: Path,
    arguments: Sequence[str],
    descriptor: int,
    confinement: Confinement,
) -> subprocess.Popen[bytes]:
    """Start `script` isolated from the workspace and from the terminal's signals.

    A container dies with the thread that started it, so that thread has to last.

    Args:
        interpreter: The Python to run it with.
        script: The script's path.
        arguments: Its arguments.
        descriptor: The one descriptor that it inherits besides the standard ones.
        confinement: What it is started in.

    Raises:
        OSError: The interpreter cannot be started.
    """
    return subprocess.Popen(
        # What -I does, less its -E, which would ignore our own variable too.
        [*confinement.prefix, str(interpreter), "-P", "-s", "-B", str(script), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[descriptor],
        cwd="/",
        env=environment(confinement),
        start_new_session=True,
    )


def environment(confinement: Confinement = UNCONFINED) -> dict[str, str]:
    """The variables that a worker process starts with."""
    if confinement.environment is not None:
        return {**confinement.environment, **_SET}
    return {name: value for name in (*os.environ, *_SET) if (value := variable(name)) is not None}


def variable(name: str) -> str | None:
    """The value of one of these variables; None if there is no such variable."""
    if name in _SET:
        return _SET[name]
    return None if name.startswith("PYTHON") or is_model_key(name) else os.environ.get(name)


def end(process: subprocess.Popen[bytes], patience: float) -> None:
    """Wait for a process that was told to end; after `patience` seconds kill its group."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # It was started in a session of its own.
        process.wait()


def remove_scratch(folder: Path, patience: float) -> None:
    """Remove what confined nodes left in a folder, whatever they made of it.

    It is done by programs, for which no tree is too deep, and which follow no link.
    """
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        with contextlib.suppress(subprocess.TimeoutExpired, OSError):
            subprocess.run(
                [*command, "--", str(folder)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=patience,
                check=False,
            )


def ask(
    interpreter: Path, code: str, patience: float, container: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Have a Python run some code, away from the workspace.

    Args:
        interpreter: The Python.
        code: What it runs.
        patience: Seconds until it has to have ended.
        container: What is put in front of its command. Who is contained sees no variable of the
            user's; who is not has all the user's rights.

    Raises:
        OSError: It cannot be started.
        TimeoutError: It has not ended after `patience` seconds.
    """
    bounded = [*container, *_BOUNDED] if container else []
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            ended = subprocess.run(
                [*bounded, str(interpreter), "-E", "-s", "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd="/",
                env={} if container else None,
                timeout=patience,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        said, complained = _text(out), _text(err)
    return subprocess.CompletedProcess(ended.args, ended.returncode, said, complained)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(_MOST_BYTES).decode("utf-8", "replace")
