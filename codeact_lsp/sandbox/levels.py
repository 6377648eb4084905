"""What a node may do: levels are presets of rights, and each right can be given or taken alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

_MIB = 1024**2
_GIB = 1024**3


class Level(StrEnum):
    """A preset of rights, from the fewest to all."""

    STRICT = "strict"
    """Reads the workspace and the interpreter, writes scratch; no processes, no network."""
    STANDARD = "standard"
    """As strict, and may start processes of its own."""
    WRITE = "write"
    """As standard, and writes the paths that were granted."""
    NETWORK = "network"
    """As standard, and reaches the hosts that were granted."""
    OFF = "off"
    """The rights of the user: nothing is confined."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a node may use up; sizes are bytes, times are seconds, None sets no limit.

    Attributes:
        memory: Memory of the node and of all that it starts.
        cpu: Processor time.
        processes: Processes and threads at once.
        open_files: Open files of each process.
        file_size: The size of any one file, its value among them.
        scratch: All files in its scratch folders; they are memory as well.
        scratch_files: How many those are.
        together: Memory of all nodes that run at once with these rights, where the system can bound
            that; None is three quarters of the machine's.
        run_time: How long a whole run may take. It is no right, so it holds without confinement
            too.
    """

    memory: int | None = 4 * _GIB
    cpu: float | None = None
    processes: int = 64
    open_files: int = 1024
    file_size: int = 8 * _GIB
    scratch: int = 512 * _MIB
    scratch_files: int = 16_384
    together: int | None = None
    run_time: float | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rights of a node. Hashable: nodes with equal policies share what starts them.

    Paths are absolute, without links in them.

    Attributes:
        level: What the rights are called.
        workspace: The folder whose files may be read; None where there is none.
        read: Files and folders beyond the workspace and the interpreter that may be read.
        write: Files and folders that may be written.
        hosts: Hosts that may be reached: `example.com`, `example.com:8080`, `*.example.com`.
        environment: Names of the user's variables that are handed on.
        processes: Whether it may start processes.
        limits: What it may use up.
        doubles: Copies that lie in the place of what may be written: path and copy. Where there is
            no container there can be none.
    """

    level: Level
    workspace: Path | None = None
    read: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()
    hosts: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    processes: bool = False
    limits: Limits = field(default_factory=Limits)
    doubles: tuple[tuple[Path, Path], ...] = ()

    @property
    def confined(self) -> bool:
        """Whether anything is withheld from the node."""
        return self.level is not Level.OFF

    @property
    def rights(self) -> str:
        """All rights as text: equal for equal rights."""
        granted = (self.read, self.write, self.hosts, self.environment)
        texts = (" ".join(sorted(map(repr, map(str, right)))) for right in granted)
        # What was made on copies has left nothing behind, and is no result of a call that does.
        copies = ("copies",) if self.doubles else ()
        return " | ".join((self.level, str(self.processes), *texts, *copies))

    def within(self, other: "Policy") -> bool:
        """Whether every right of this one is one of `other` too; limits are no rights."""
        if not other.confined:
            return True
        return (
            self.confined
            and self.processes <= other.processes
            and all(
                set(mine) <= set(theirs)
                for mine, theirs in (
                    (self.read, other.read),
                    (self.write, other.write),
                    (self.hosts, other.hosts),
                    (self.environment, other.environment),
                )
            )
        )


def preset(level: Level, workspace: Path | None = None) -> Policy:
    """The policy of a level with nothing granted."""
    return Policy(level, workspace, processes=level is not Level.STRICT)


UNCONFINED = preset(Level.OFF)
"""All rights of the user."""


def level_of(policy: Policy) -> Level:
    """What a policy's rights amount to."""
    if not policy.confined:
        return Level.OFF
    if policy.hosts:
        return Level.NETWORK
    if policy.write:
        return Level.WRITE
    return Level.STANDARD if policy.processes else Level.STRICT


def grant(policy: Policy, **rights: Iterable[object]) -> Policy:
    """A policy with more rights: `read`, `write`, `hosts`, `environment`; each an iterable."""
    added = {
        name: tuple(dict.fromkeys((*getattr(policy, name), *values)))
        for name, values in rights.items()
    }
    wider = replace(policy, **added)  # type: ignore[arg-type]  # Its fields, by name.
    return replace(wider, level=level_of(wider))
