"""A group within a worker's for each node at work, in which its use is counted and bounded.

It is handed to the worker as open files. With those it can move its own processes into the group
and read what is counted, and nothing else: the rest of the file system stays out of its sight.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeact_lsp.sandbox.cgroup_files import Names


@dataclass(frozen=True, slots=True)
class Account:
    """What a worker gets of a group: how to read it, and its descriptors."""

    told: Mapping[str, Any]
    descriptors: tuple[int, ...]


@contextmanager
def opened(folders: Sequence[Path], names: Names) -> Iterator[Account]:
    """The files of a node's group; closed in the end, when the worker has its own.

    Args:
        folders: The group's.
        names: What the files in there are called.

    Raises:
        OSError: One of them cannot be opened as it has to be; before Linux 6.12 the peak of
            memory in the second version is one, since nobody can set it back.
    """
    wanted = [(folder / names.entrance, os.O_WRONLY) for folder in folders]
    wanted += [
        (_found(folders, names.peak), os.O_RDWR),
        (_found(folders, names.statistics), os.O_RDONLY),
        (_found(folders, names.killed), os.O_RDONLY),
        (_found(folders, names.cpu), os.O_RDONLY),
    ]
    told = {
        "entrances": len(folders),
        "files_field": names.files_field,
        "cpu_field": names.cpu_field,
        "cpu_unit": names.cpu_unit,
    }
    descriptors: list[int] = []
    try:
        descriptors += (os.open(file, mode | os.O_CLOEXEC) for file, mode in wanted)
        yield Account(told, tuple(descriptors))
    finally:
        for descriptor in descriptors:
            with suppress(OSError):
                os.close(descriptor)


def _found(folders: Sequence[Path], name: str) -> Path:
    """Where a file lies: in the first version each controller has a folder of its own."""
    return next(
        (folder / name for folder in folders if (folder / name).exists()), folders[0] / name
    )
