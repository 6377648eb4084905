"""The files of a control group, by version of the interface."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Names:
    """What the files are called.

    Attributes:
        memory: The limit of memory; then what else has to be limited lest it be evaded.
        processes: The limit of processes and threads.
        peak: The most memory that was used at once.
        cpu: Processor time; `cpu_field` is the line, `cpu_unit` how many of it are a second.
        read: The file of bytes read from disks, and the word before each number.
        written: The same of bytes written.
        killed: Where `oom_kill` counts those whom the limit of memory killed.
        files_field: What the content of files is called that is kept in memory, files in memory
            included.
        statistics: The file that says how much that is, among others.
        entrance: Where a process that has one thread moves itself in. The first version can do that
            at once; else the kernel waits for all processors first, which takes milliseconds.
        divided: Where it is said which controllers groups within a group have; empty if they have
            all. What has groups within has no processes of its own then.
    """

    memory: tuple[str, ...]
    processes: tuple[str, ...]
    peak: str
    cpu: str
    cpu_field: str
    cpu_unit: float
    read: tuple[str, str]
    written: tuple[str, str]
    killed: str
    files_field: str
    entrance: str
    statistics: str = "memory.stat"
    divided: str = ""


VERSION_1 = Names(
    memory=("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
    processes=("pids.max",),
    peak="memory.max_usage_in_bytes",
    cpu="cpuacct.usage",
    cpu_field="",
    cpu_unit=1e9,
    read=("blkio.throttle.io_service_bytes_recursive", "Read"),
    written=("blkio.throttle.io_service_bytes_recursive", "Write"),
    killed="memory.oom_control",
    files_field="cache",
    entrance="tasks",
)
VERSION_2 = Names(
    memory=("memory.max", "memory.swap.max"),
    processes=("pids.max",),
    peak="memory.peak",
    cpu="cpu.stat",
    cpu_field="usage_usec",
    cpu_unit=1e6,
    read=("io.stat", "rbytes"),
    written=("io.stat", "wbytes"),
    killed="memory.events",
    files_field="file",
    entrance="cgroup.procs",
    divided="cgroup.subtree_control",
)


def limit_by(places: Sequence[Path], limit: int, files: Sequence[str]) -> None:
    """Set a limit: in the first of some files, and in those of the others that there are.

    Raises:
        OSError: The first is nowhere, or cannot be written.
    """
    first, *others = files
    (place,) = [folder for folder in places if (folder / first).exists()] or places[:1]
    write_to(place / first, limit)
    for other in others:
        with suppress(FileNotFoundError):  # There is no swap, or nobody counts it.
            # What is given to the second version's file is how much may be swapped.
            write_to(place / other, 0 if other == "memory.swap.max" else limit)


def write_to(file: Path, said: int | str) -> None:
    """Without creating it: what the kernel does not offer must not be an ordinary file."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, str(said).encode())
    finally:
        os.close(descriptor)


def removed(folder: Path) -> bool:
    """Remove a group and those within it; False if there are processes in one of them."""
    try:
        for within in [entry.path for entry in os.scandir(folder) if entry.is_dir()]:
            Path(within).rmdir()
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
