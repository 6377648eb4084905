"""What kind of system this is, as far as advice depends on it."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_INSTALLERS = {
    "apt-get": "apt-get install {}",
    "dnf": "dnf install {}",
    "pacman": "pacman -S {}",
    "apk": "apk add {}",
    "zypper": "zypper install {}",
}
# Packages that are not called the same everywhere.
_PACKAGES = {
    "apt-get": {"libseccomp": "libseccomp2"},
    "zypper": {"libseccomp": "libseccomp2"},
}
_PROGRAMS = ("usr/bin", "bin", "sbin", "usr/sbin")
# A pod is made by what makes other containers too, so that its mark goes first.
_CONTAINERS = {
    "var/run/secrets/kubernetes.io": "kubernetes",
    "run/.containerenv": "podman",
    ".dockerenv": "docker",
}
_SETTINGS = (
    "kernel.apparmor_restrict_unprivileged_userns",
    "kernel.unprivileged_userns_clone",
    *(
        f"user.max_{kind}_namespaces"
        for kind in ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup")
    ),
)
_MODULES = "sys/kernel/security/lsm"
# What Ubuntu brings from 25.04 on: bubblewrap may make namespaces, and what runs in it may not.
_PROFILES = ("etc/apparmor.d/bwrap-userns-restrict",)


@dataclass(frozen=True)
class System:
    """What is known of it.

    Attributes:
        name: As `sys.platform` has it.
        root: Whether this user is the administrator.
        installer: The program that installs packages; empty if none is known.
        container: Whose container this is, if it is one: somebody outside decides what it may.
        settings: The kernel's settings of namespaces, by name; those that it has.
        modules: The security modules that are switched on; empty if that is not told.
        profiles: Files of AppArmor about bubblewrap.
        kernel: The kernel's version, as in `5.10`; empty if that is not told.
    """

    name: str = "linux"
    root: bool = False
    installer: str = ""
    container: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    modules: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    kernel: str = ""

    def command(self, command: str) -> str:
        """A command of the administrator's, as this user has to type it."""
        return command if self.root else f"sudo {command}"

    def is_older_than(self, major: int, minor: int) -> bool:
        """Whether its kernel is known to be older than a version."""
        return bool(self.kernel) and tuple(map(int, self.kernel.split("."))) < (major, minor)

    def install(self, package: str) -> str:
        """The command that installs a package; empty if there is no installer that we know."""
        if not self.installer:
            return ""
        name = _PACKAGES.get(self.installer, {}).get(package, package)
        return self.command(_INSTALLERS[self.installer].format(name))


def look(root: Path = Path("/")) -> System:
    """What this system is.

    Args:
        root: Where its files begin.
    """
    programs = {
        name for name in _INSTALLERS if any((root / place / name).exists() for place in _PROGRAMS)
    }
    return System(
        name=sys.platform,
        root=os.geteuid() == 0,
        installer=next((name for name in _INSTALLERS if name in programs), ""),
        container=next((by for mark, by in _CONTAINERS.items() if (root / mark).exists()), ""),
        settings=dict(_settings(root)),
        modules=tuple(filter(None, _line(root / _MODULES).split(","))),
        profiles=tuple(f"/{file}" for file in _PROFILES if (root / file).exists()),
        kernel=_kernel(root),
    )


def _settings(root: Path) -> Iterator[tuple[str, str]]:
    for name in _SETTINGS:
        if value := _line(root / "proc/sys" / name.replace(".", "/")):
            yield name, value


def _kernel(root: Path) -> str:
    found = re.match(r"\d+\.\d+", _line(root / "proc/sys/kernel/osrelease"))
    return found[0] if found else ""


def _line(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
