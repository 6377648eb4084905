"""Programs of the system that are asked something, with nothing of the user's environment."""

import subprocess
from collections.abc import Sequence


def answer(command: Sequence[str], patience: float) -> str:
    """What a program writes.

    Args:
        command: The program, by its path, and its arguments.
        patience: Seconds until it has to have ended.

    Raises:
        OSError: It cannot be started, takes too long, or fails; the message is its own, if it has
            one.
    """
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            cwd="/",
            env={},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"no answer in {patience:g} s") from error
    if ended.returncode:
        raise OSError(ended.stderr.strip().rpartition("\n")[2] or f"status {ended.returncode}")
    return ended.stdout
