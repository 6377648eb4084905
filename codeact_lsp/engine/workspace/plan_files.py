"""Look for files below a folder, without what is nobody's plan."""

import os
from collections.abc import Iterator
from pathlib import Path

_NEVER = frozenset({"node_modules", "__pycache__", "site-packages"})


def files_below(
    folder: Path, *, depth: int | None = None, most_folders: int | None = None
) -> Iterator[Path]:
    """The files below a folder; those of hidden folders and virtual environments are left out.

    Links to folders are not followed, for they may lead in circles.

    Args:
        folder: Where to look.
        depth: How many levels of folders below `folder` to enter; None enters all.
        most_folders: After how many folders to give up; None never does.
    """
    waiting, seen = [(folder, 0)], 0
    while waiting and (most_folders is None or seen < most_folders):
        here, level = waiting.pop()
        entries = _entries(here)
        seen += 1
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)
            elif (depth is None or level < depth) and _may_hold_plans(entry.name):
                waiting.append((Path(entry.path), level + 1))


def _may_hold_plans(folder: str) -> bool:
    return not folder.startswith(".") and folder not in _NEVER


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (OSError, ValueError):  # It is gone, not ours to read, or no name of a folder.
        return []
