"""The files of a control group, by version of the interface."""

from dataclasses import dataclass


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
)
