"""What the figures were measured on."""

import importlib.metadata
import os
import platform
from dataclasses import dataclass
from pathlib import Path

_PACKAGES = ("codeact-lsp", "pygls", "lsprotocol", "cattrs", "libcst", "networkx")
# What part of its processors may have been at work in the minute before.
_QUIET = 0.3


@dataclass(frozen=True)
class Machine:
    """The machine, its system, its Python, and what else it was doing."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str
    packages: dict[str, str]
    load_before: tuple[float, float, float]

    @property
    def is_loaded(self) -> bool:
        """Whether others were at work before anything was measured."""
        return self.load_before[0] > _QUIET * self.cores


def describe() -> Machine:
    """This machine, now."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=pages / 1e9,
        system=f"{platform.system()} {platform.release()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        packages={name: importlib.metadata.version(name) for name in _PACKAGES},
        load_before=os.getloadavg(),
    )


def _processor() -> str:
    """The processor's name, as far as the kernel knows it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
