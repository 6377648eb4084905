"""Run a tool that was installed with us on a text. It sees no workspace and no settings of it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Windows starts nothing without it. All else could be a setting of the tool.
_NEEDED = ("SYSTEMROOT",)
_MOST_SAID = 300


def answer(command: Sequence[str], text: bytes, patience: float) -> bytes:
    """What `command` writes when it reads `text`.

    Args:
        command: The tool, as a whole path, and its arguments.
        text: What it reads.
        patience: Seconds after which it is killed.

    Raises:
        OSError: It cannot be started, failed, or has not ended in time; the message says which.
    """
    try:
        ended = subprocess.run(
            command,
            input=text,
            capture_output=True,
            cwd=Path(sys.prefix).anchor,
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"no answer in {patience:g} s") from error
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip() or f"status {ended.returncode}"
        raise OSError(said[:_MOST_SAID])
    return ended.stdout
