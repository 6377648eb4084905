"""Tells whether a folder is what it was when it was last looked at."""

import os
import time

# A change this soon after another may have the same time.
_TICK = 100_000_000

Stamp = tuple[int, int, int]


def stamp_of(path: str) -> Stamp | None:
    """What changes with a folder's entries; None if it is gone."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_ctime_ns


def lasting(stamp: Stamp | None) -> Stamp | None:
    """A stamp that another change would change; None if it might have the same time."""
    return stamp if stamp and time.time_ns() - stamp[2] > _TICK else None
