"""What a library made once, and reads whenever it is loaded: shown to what loads it for nodes.

Without its list of fonts matplotlib opens every font of the machine, in each worker anew.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

_LISTS = "fontlist-v*.json"
_PLACE = Path(".cache", "matplotlib")
_MOST_BYTES = 10_000_000


def lists_of_fonts() -> dict[Path, Path]:
    """The lists that the user's own matplotlib has made, by where each belongs in a home folder.

    They name fonts, and hold nothing else.
    """
    found: dict[Path, Path] = {}
    for folder in _folders():
        for file in filter(_is_own, folder.glob(_LISTS)):
            found.setdefault(_PLACE / file.name, file)
    return found


def _folders() -> Iterator[Path]:
    """Where matplotlib looks, as it does, from the variables of the user."""
    if own := os.environ.get("MPLCONFIGDIR"):
        yield Path(own)
    caches = os.environ.get("XDG_CACHE_HOME") or Path("~", ".cache").expanduser()
    yield Path(caches, "matplotlib")


def _is_own(file: Path) -> bool:
    try:
        status = file.lstat()
    except OSError:
        return False
    is_own = status.st_uid == os.getuid() and status.st_size <= _MOST_BYTES
    return is_own and stat.S_ISREG(status.st_mode)
