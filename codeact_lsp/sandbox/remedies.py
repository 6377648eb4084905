"""What this machine lacks, and how to get it: exact commands, for the system that it is."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from codeact_lsp.sandbox.containers import DISTRUSTED
from codeact_lsp.sandbox.kernel import KERNEL_SAYS
from codeact_lsp.sandbox.mechanisms import START_METHOD, WITHHOLD, Mechanisms
from codeact_lsp.sandbox.system import System
from codeact_lsp.sandbox.tiers import Tier

_PROJECT = "https://github.com/containers/bubblewrap"
_PROFILE = "/etc/apparmor.d/bwrap"
_SWITCHED_OFF = "/etc/apparmor.d/disable/"
_LIMITS = "user.max_"
# A worker takes some, and each node at work one of most kinds.
_FEW, _ENOUGH = 200, 15_000
_MODULES = "/sys/kernel/security/lsm"
# Built into the kernel, and not switched on when it was started.
_SWITCHED_OFF_SAYS = os.strerror(errno.EOPNOTSUPP)


@dataclass(frozen=True, slots=True)
class Lack:
    """A mechanism that does not work here.

    Attributes:
        mechanism: What it is called.
        found: Why it does not work.
        remedy: How to get it.
        tier: The tier that is out of reach without it.
    """

    mechanism: str
    found: str
    remedy: str
    tier: Tier


def lacking(found: Mechanisms, system: System) -> tuple[Lack, ...]:
    """What is missing, what the lower tiers need first; what comes with another is not named."""
    return tuple(map(_or_withheld, _lacking(found, system)))


def scarce(system: System) -> tuple[Lack, ...]:
    """That there may be too few namespaces, where all works and nodes did not run all the same."""
    if not (few := [name for name, _ in _too_few(system)]):
        return ()
    said = ", ".join(f"{name} is {system.settings[name]}" for name in few)
    return (Lack("namespaces", said, _namespaces(system), Tier.CONTAINED),)


def _lacking(found: Mechanisms, system: System) -> Iterator[Lack]:
    if system.name in _UNPROVEN:
        yield _UNPROVEN[system.name]
        return
    faults = found.faults
    if not found.landlock:
        why = faults.get("landlock", "")
        yield Lack("Landlock", why, _landlock(why, system), Tier.KERNEL)
    if not found.seccomp:
        why = faults.get("seccomp", "")
        yield Lack("seccomp", why, _seccomp(why, system), Tier.KERNEL)
    if not found.bubblewrap:
        yield from _container(faults.get("bwrap", ""), faults.get("userns", ""), system)
    elif not found.nested:
        why = faults.get("nested", "")
        yield Lack("namespaces of each node", why, _namespaces(system), Tier.ISOLATED)
    if not found.cgroup:
        yield Lack("control group", faults.get("cgroup", ""), _CGROUP, Tier.ACCOUNTED)


def _container(program: str, namespaces: str, system: System) -> Iterator[Lack]:
    """Bubblewrap, and what it would not start without."""
    if program or not namespaces:
        yield Lack("bubblewrap", program, _bubblewrap(program, system), Tier.CONTAINED)
    # Where there is a profile for it, bubblewrap may what this process may not.
    if namespaces and not (program and system.profiles):
        name = "user namespaces" if program else "bubblewrap"
        yield Lack(name, namespaces, _namespaces(system), Tier.CONTAINED)


def _or_withheld(lack: Lack) -> Lack:
    variable = next((name for name in (WITHHOLD, START_METHOD) if name in lack.found), None)
    return replace(lack, remedy=f"Unset the variable {variable}.") if variable else lack


def _landlock(why: str, system: System) -> str:
    of = " of its host" if system.container else ""
    if _SWITCHED_OFF_SAYS in why or (system.modules and "landlock" not in system.modules):
        modules = ",".join(("landlock", *(system.modules or ("...",))))
        others = "" if system.modules else f", where ... is what {_MODULES} says now"
        return f"Start the kernel{of} with the parameter lsm={modules}{others}"
    if system.is_older_than(5, 13):
        return f"Update the kernel{of}: it is Linux {system.kernel}, and Landlock came with 5.13."
    if system.container:
        return (
            "Update what runs this container: its filter of system calls is older than Landlock. "
            f"Or the kernel{of} is built without CONFIG_SECURITY_LANDLOCK=y."
        )
    return "It needs Linux 5.13 or newer, built with CONFIG_SECURITY_LANDLOCK=y."


def _seccomp(why: str, system: System) -> str:
    if why.startswith(KERNEL_SAYS):
        kernel = "a kernel that is built with CONFIG_SECCOMP_FILTER=y"
        if system.container:
            return f"It takes {kernel}, and a container whose own filter lets it add one."
        return f"It takes {kernel}."
    install = system.install("libseccomp")
    return f"Run: {install}" if install else "Install libseccomp (libseccomp.so.2)."


def _bubblewrap(why: str, system: System) -> str:
    program, distrusted, _ = why.partition(f" {DISTRUSTED}")
    if distrusted:
        own, close = (f"chown root:root {program}", f"chmod go-w {program}")
        return f"If you trust it, run: {system.command(own)} && {system.command(close)}"
    program, unstarted, _ = why.partition(f" does not start: [Errno {errno.EACCES}]")
    if unstarted:
        return f"Let it be started. Run: {system.command(f'chmod 755 {program}')}"
    if "is not installed" not in why:
        return _namespaces(system)
    install = system.install("bubblewrap")
    return f"Run: {install}" if install else f"Install bubblewrap as /usr/bin/bwrap: {_PROJECT}"


def _namespaces(system: System) -> str:
    """How to get user namespaces, which bubblewrap makes its container of."""
    withheld = [*_too_few(system), *_forbidden(system)]
    if system.container:
        # The settings are its host's, which nobody in here can change.
        there = [f"On its host, run: sudo sysctl -w {name}={value}" for name, value in withheld]
        return "\n".join((_CONTAINERS[system.container], *there))
    if not withheld:
        return "Ask the administrator of this machine to allow user namespaces."
    set_ = [(name, value) for name, value in withheld if "apparmor" not in name]
    said = [_set(set_, system)] if set_ else []
    # Where it has a profile, that is enough for bubblewrap itself.
    if len(set_) < len(withheld) and not (set_ and system.profiles):
        said.append(_allow_in_apparmor(system))
    return "\n".join(said)


def _forbidden(system: System) -> Iterator[tuple[str, int]]:
    """The settings that withhold namespaces, each with a value that does not."""
    for setting, forbidding, allowing in _SETTINGS:
        if system.settings.get(setting) == forbidding:
            yield setting, allowing


def _too_few(system: System) -> Iterator[tuple[str, int]]:
    """Limits of namespaces, each user's, that a plan of some nodes would meet."""
    for setting, value in system.settings.items():
        if setting.startswith(_LIMITS) and value.isdecimal() and int(value) < _FEW:
            yield setting, _ENOUGH


def _set(settings: list[tuple[str, int]], system: System) -> str:
    values = " ".join(f"{name}={value}" for name, value in settings)
    lines = f"echo {values}" if len(settings) == 1 else f"printf '%s\\n' {values}"
    file = system.command("tee /etc/sysctl.d/60-codeact.conf")
    return f"Run: {lines} | {file} && {system.command('sysctl --system')}"


def _allow_in_apparmor(system: System) -> str:
    """For bubblewrap alone. A profile that binds what runs in it has the same name, so it goes."""
    off = [system.command(f"ln -sf {file} {_SWITCHED_OFF}") for file in system.profiles]
    write = system.command(f"tee {_PROFILE}")
    load = system.command(f"apparmor_parser -r {_PROFILE}")
    return f"Run: {' && '.join((*off, write))} <<'END' && {load}\n{APPARMOR}END"


APPARMOR = """\
abi <abi/4.0>,
include <tunables/global>

profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
  include if exists <local/bwrap>
}
"""
"""The profile that lets bubblewrap, and nothing else, make user namespaces on Ubuntu."""
_UNPROVEN = {
    "darwin": Lack(
        "Seatbelt",
        "there is a profile, which is not yet applied to nodes and has not been tried on macOS",
        "Open the folder in a container or on a machine that runs Linux.",
        Tier.SEATBELT,
    ),
    "win32": Lack(
        "job object",
        "there is one, which is not yet applied to nodes and has not been tried on Windows",
        "Run: wsl --install, and open the folder in WSL 2.",
        Tier.JOB,
    ),
}
_SETTINGS = (
    ("kernel.unprivileged_userns_clone", "0", 1),
    ("kernel.apparmor_restrict_unprivileged_userns", "1", 0),
)
"""What forbids user namespaces by which value, and what would allow them."""
_CONTAINERS = {
    "docker": (
        "Start the container with: docker run --security-opt seccomp=unconfined "
        "--security-opt apparmor=unconfined --security-opt systempaths=unconfined "
        "(in devcontainer.json: the same under runArgs)"
    ),
    "podman": (
        "Start the container with: podman run --security-opt seccomp=unconfined "
        "--security-opt label=disable --security-opt unmask=ALL "
        "(in devcontainer.json: the same under runArgs)"
    ),
    "kubernetes": (
        "Give the pod `hostUsers: false`, and in the securityContext of its container `procMount: "
        "Unmasked`, and the type `Unconfined` for `seccompProfile` and `appArmorProfile`."
    ),
}
_CGROUP = (
    "Groups are made by root, or by a systemd of the user's own, with cgroups of version 2. That "
    "one starts at login, or by: loginctl enable-linger"
)
