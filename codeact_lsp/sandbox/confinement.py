"""From a policy to mechanisms: how a worker is started, and what it is told to do to its nodes."""

import base64
import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeact_lsp.sandbox import bubblewrap
from codeact_lsp.sandbox.caches import lists_of_fonts
from codeact_lsp.sandbox.cgroups import Group
from codeact_lsp.sandbox.filters import NoFilterError, system_call_filter
from codeact_lsp.sandbox.levels import Level, Policy, preset
from codeact_lsp.sandbox.marks import Marks
from codeact_lsp.sandbox.mechanisms import Mechanisms
from codeact_lsp.sandbox.runtime import (
    environment_paths,
    looked_through,
    runtime_paths,
    source_paths,
    system_paths,
)
from codeact_lsp.sandbox.secrets import SECRETS, secret_places
from codeact_lsp.sandbox.variables import environment

_WORKER = Path(__file__).parent.parent / "worker"
_MOST_PROCESSES = 4096
_SLACK = 128 * 1024**2
_MOST_ON_THEIR_WAY = 512
_TEMPORARY = Path(bubblewrap.TEMPORARY)
_BESIDE = Path("/scratch")
# What a node may look at of the machine; of processes only itself.
_PROCESS = "/proc/self"
_MACHINE = ("cpuinfo", "meminfo", "stat", "loadavg", "uptime", "version", "filesystems")
_DEVICES = ("null", "zero", "full", "random", "urandom")
# Not all that lies in there is to be read, and people look at what is there.
_LISTED = "/usr"


@dataclass(frozen=True)
class Confinement:
    """How a worker is started.

    Attributes:
        prefix: What is put in front of its command.
        environment: All variables that it has; None hands on the user's.
        told: What it does to each of its nodes, as data; None is nothing.
        scratch: The folder of files of its nodes, which whoever starts it removes in the end; None
            if it is not one of this machine's.
        group: The control group that it is in, which whoever starts it removes in the end; None if
            there is none.
        hosts: Whom the proxy lets through that whoever starts it serves.
        container: Of `prefix`, what makes the container.
        memory: How many bytes a node and all that it starts may use at once, files in memory
            included, where there is a group.
    """

    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None
    told: Mapping[str, Any] | None = None
    scratch: Path | None = None
    group: Group | None = None
    hosts: tuple[str, ...] = ()
    container: tuple[str, ...] = ()
    memory: int | None = None


UNCONFINED = Confinement()
"""As any program of the user's."""


def confine(
    policy: Policy,
    interpreter: Path,
    mechanisms: Mechanisms,
    marks: Marks = (),
    private: Iterable[Path] = (),
) -> Confinement:
    """What makes a policy hold, as far as the machine has what it takes.

    Args:
        policy: The policy.
        interpreter: The Python that nodes run in.
        mechanisms: What the machine has.
        marks: What the paths that were granted lead to.
        private: Folders, without links, that no node reads, though they may lie in the workspace.

    Raises:
        NoFilterError: There is no way to filter system calls.
        OSError: There can be no more control groups.
    """
    if not policy.confined:
        return UNCONFINED
    told = {**_rules(policy, interpreter, mechanisms), **_system_calls(policy, mechanisms)}
    secrets = [*SECRETS, *secret_places(private)]
    group = _group(policy, mechanisms)
    # Last, since it is made here and now.
    own = None if mechanisms.bubblewrap else Path(tempfile.mkdtemp(prefix="codeact-"))
    scratch = own or _scratch([*_shown(policy, interpreter), *_trees(policy, interpreter)])
    container = _container(policy, interpreter, mechanisms, scratch)
    return Confinement(
        prefix=tuple(group.joined(container) if group else container),
        environment=environment(policy, scratch, interpreter),
        told=told
        | {"secrets": secrets, "scratch": _limited(scratch, policy, mechanisms)}
        | {"marks": {str(path): mark for path, mark in marks}},
        scratch=own,
        group=group,
        hosts=policy.hosts,
        container=tuple(container),
        memory=_memory(policy),
    )


def look_ahead(policies: Iterable[Policy], interpreter: Path, mechanisms: Mechanisms) -> None:
    """Find out what `confine` has to know and will not ask again; takes some 50 ms.

    Args:
        policies: What nodes may do.
        interpreter: The Python that they would run in.
        mechanisms: What the machine has.
    """
    for policy in policies:
        if policy.confined:
            _rules(policy, interpreter, mechanisms)
            with contextlib.suppress(NoFilterError):  # A run says so.
                _system_calls(policy, mechanisms)


def container_for(interpreter: Path, mechanisms: Mechanisms) -> tuple[str, ...]:
    """What starts a Python that sees nothing but itself; nothing if there is no container."""
    policy = preset(Level.STRICT)
    scratch = _scratch(_shown(policy, interpreter))
    return tuple(_container(policy, interpreter, mechanisms, scratch))


def _shown(policy: Policy, interpreter: Path) -> list[Path]:
    """What is there to be read as a whole."""
    own = (*system_paths(), *runtime_paths(interpreter, policy.workspace), _WORKER)
    return [*own, *policy.read, *policy.write]


def _trees(policy: Policy, interpreter: Path) -> list[Path]:
    """What may hold secrets of the user, as no installed package does."""
    workspace = [policy.workspace] if policy.workspace else []
    return looked_through([*source_paths(interpreter, policy.workspace), *workspace])


def _container(
    policy: Policy, interpreter: Path, mechanisms: Mechanisms, scratch: Path
) -> list[str]:
    """What starts a command in a container; nothing if there is no container."""
    if mechanisms.bubblewrap is None:
        return []
    return bubblewrap.command(
        mechanisms.bubblewrap,
        show=[*_shown(policy, interpreter), *_trees(policy, interpreter)],
        writable=policy.write,
        scratch=scratch,
        kept=lists_of_fonts(),
        doubles=dict(policy.doubles),
    )


def _rules(policy: Policy, interpreter: Path, mechanisms: Mechanisms) -> dict[str, Any]:
    """Which files nodes may use, and how much of the machine."""
    environments = set(environment_paths(interpreter, policy.workspace)) - set(policy.read)
    shown = [path for path in _shown(policy, interpreter) if path not in environments]
    return {
        "namespaces": mechanisms.nested,
        "limits": _limits(policy),
        # What a link leads to has a rule of its own, and each rule costs every node some time.
        "read": [*(str(path) for path in shown if not path.is_symlink()), *_of_the_machine()],
        "write": ["/dev/null", *(str(path) for path in policy.write)],
        "listed": [_LISTED],
        "environments": sorted(map(str, environments)),
        "trees": [str(path) for path in _trees(policy, interpreter)],
        "landlock": bool(mechanisms.landlock),
        "processes": policy.processes,
    }


def _limited(scratch: Path, policy: Policy, mechanisms: Mechanisms) -> dict[str, Any]:
    """Where nodes may write, and how much."""
    return {
        "path": str(scratch),
        # What nodes have in common would be left by one for the next.
        "shared": ["/dev/shm"] if mechanisms.nested else [],  # noqa: S108 - a node's own.
        "bytes": policy.limits.scratch,
        "files": policy.limits.scratch_files,
    }


def _group(policy: Policy, mechanisms: Mechanisms) -> Group | None:
    """A group of the worker's own, which bounds all that runs in it."""
    if mechanisms.cgroup is None:
        return None
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    memory = policy.limits.together or machine // 4 * 3
    return mechanisms.cgroup.make(memory=memory, processes=_MOST_PROCESSES)


def _memory(policy: Policy) -> int | None:
    """What a node may hold in sum: what one process may map, its two scratch folders, some slack.

    A single process is to meet its own limit first: that one raises `MemoryError`, this one kills.
    """
    limits = policy.limits
    return None if limits.memory is None else limits.memory + 2 * limits.scratch + _SLACK


def _scratch(shown: list[Path]) -> Path:
    """Where nodes may write: `/tmp`, or below it if something else has to be seen there.

    If that is to be seen as a whole, what is below it is no place of ours.
    """
    if any(_TEMPORARY.is_relative_to(path) for path in shown):
        return _BESIDE
    below = any(path.is_relative_to(_TEMPORARY) for path in shown)
    return _TEMPORARY / "scratch" if below else _TEMPORARY


def _of_the_machine() -> Iterator[str]:
    yield _PROCESS
    yield from (f"/proc/{name}" for name in _MACHINE)
    yield "/proc/sys/kernel/random"
    yield from (f"/dev/{name}" for name in _DEVICES)


def _limits(policy: Policy) -> dict[str, int | float | None]:
    limits = policy.limits
    # No user may have more descriptors on their way than that; other programs stop at a thousand.
    sending = _MOST_ON_THEIR_WAY if policy.hosts else limits.open_files
    return {
        "memory": limits.memory,
        "cpu": limits.cpu,
        "processes": limits.processes,
        "open_files": min(limits.open_files, sending),
        "file_size": limits.file_size,
    }


def _system_calls(policy: Policy, mechanisms: Mechanisms) -> dict[str, Any]:
    contained = mechanisms.bubblewrap is not None
    # Without a network of its own, a node that may use any could use all of the machine's.
    network = bool(policy.hosts) and contained
    if not mechanisms.seccomp:
        return {"network": network, "filter": None}
    program = system_call_filter(
        processes=policy.processes,
        network=network,
        mounts=contained,
        accounted=mechanisms.cgroup is not None,
        private=contained and not policy.write,
    )
    return {"network": network, "filter": base64.b64encode(program).decode()}
