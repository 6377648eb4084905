"""Programs of the system that are asked something, with nothing of the user's environment."""

import subprocess
from collections.abc import Sequence


class Question:
    """A program that has been asked and works on its answer meanwhile."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it.

        Args:
            command: The program, by its path, and its arguments.

        Raises:
            OSError: It cannot be started.
        """
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            cwd="/",
            env={},
        )

    def answer(self, patience: float) -> str:
        """What it writes; to be asked for once.

        Args:
            patience: Seconds until it has to have ended.

        Raises:
            OSError: It takes too long, or fails; the message is its own, if it has one.
        """
        with self._process as process:
            try:
                said, complained = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired as error:
                process.kill()
                raise OSError(f"no answer in {patience:g} s") from error
        if process.returncode:
            words = complained.strip().rpartition("\n")[2]
            raise OSError(words or f"status {process.returncode}")
        return said


def answer(command: Sequence[str], patience: float) -> str:
    """What a program writes.

    Args:
        command: The program, by its path, and its arguments.
        patience: Seconds until it has to have ended.

    Raises:
        OSError: It cannot be started, takes too long, or fails; the message is its own, if it has
            one.
    """
    return Question(command).answer(patience)
