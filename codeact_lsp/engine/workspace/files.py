"""Read files that a repository may have put there."""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

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
            raise OSError("it is not a file")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(f"it is larger than {MOST_BYTES:,} bytes")
    return data


def parsed_toml(text: str) -> dict[str, Any]:
    """The data of a text in TOML.

    Raises:
        ValueError: It is none, or nobody could read it; the message says why, in words that are for
            whoever wrote it.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:  # Python reads no number that takes minutes to read.
        raise ValueError("a number in it has too many digits") from error
