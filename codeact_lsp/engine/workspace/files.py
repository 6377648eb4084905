"""Read files that a repository may have put there."""

import os
import stat
from pathlib import Path

MOST_BYTES = 1_000_000


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
