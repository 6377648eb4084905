"""Read files that a repository may have put there."""

import os
import stat
from pathlib import Path

MOST_BYTES = 1_000_000


def waits(path: Path) -> bool:
    """Whether to open a path would wait for somebody: it is a pipe that lies among other files.

    Those that a shell makes of `<(command)` lie elsewhere, and have somebody who writes.

    Raises:
        OSError: There is nothing, or it cannot be looked at.
    """
    of_shells = any(map(path.absolute().is_relative_to, ("/dev", "/proc")))
    return stat.S_ISFIFO(path.stat().st_mode) and not of_shells


def read_regular(path: Path) -> bytes:
    """The content of a regular file of bearable size: a link may lead to something endless.

    Raises:
        OSError: It cannot be read, is no regular file, or is too large.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path.name} is not a file")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(f"{path.name} is larger than {MOST_BYTES:,} bytes")
    return data
