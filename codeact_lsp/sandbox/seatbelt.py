"""The command line of macOS's `sandbox-exec`: a profile that denies all but what a policy gives.

Not yet proven: no node has run under it, and nothing applies it so far. A profile is fixed when a
process starts its program, so the zygote has it, and its nodes inherit it. What it cannot hold: a
fork (the zygote needs it), the sum of memory, that nodes see each other.

Paths never become part of the profile's text. They are parameters, which the profile only names, so
that no quote and no line end in a path can add a rule.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.secrets import SECRETS

PROGRAM = "/usr/bin/sandbox-exec"

_BASE = """\
(version 1)
(deny default)
(allow process-fork)
(allow process-info* (target self))
(allow signal (target same-sandbox))
(allow ipc-posix-sem)
(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))
(allow sysctl-read
  (sysctl-name-prefix "hw.") (sysctl-name-prefix "kern.os") (sysctl-name "kern.argmax")
  (sysctl-name "kern.hostname") (sysctl-name "kern.maxfilesperproc") (sysctl-name "kern.version")
  (sysctl-name "sysctl.proc_cputype") (sysctl-name "vm.loadavg"))
(allow file-read* file-test-existence
  (literal "/") (literal "/dev/null") (literal "/dev/zero") (literal "/dev/random")
  (literal "/dev/urandom") (subpath "/usr/lib") (subpath "/usr/share") (subpath "/System")
  (subpath "/Library/Apple") (subpath "/private/etc/ssl") (literal "/private/etc/localtime")
  (subpath "/private/var/db/timezone") (subpath "/private/var/db/dyld"))
(allow file-map-executable (subpath "/usr/lib") (subpath "/System") (subpath "/Library/Apple"))
(allow file-write-data (literal "/dev/null") (literal "/dev/zero"))"""
_PROGRAMS = '(allow process-exec (subpath "/bin") (subpath "/usr/bin"))'
_OF_VERSION_CONTROL = ("**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj")


def command(policy: Policy, interpreter: Path, runtime: Iterable[Path], scratch: Path) -> list[str]:
    """What is put in front of a command so that it runs in the profile of a policy.

    Args:
        policy: What nodes may do. What it grants of the network is not given.
        interpreter: The program that is started.
        runtime: Folders that it and its packages lie in, without links in their paths.
        scratch: The folder that may be written.
    """
    shown = {f"READ_{number}": path for number, path in enumerate((*runtime, *policy.read))}
    written = {f"WRITE_{number}": path for number, path in enumerate((scratch, *policy.write))}
    workspace = {"WORKSPACE": policy.workspace} if policy.workspace else {}
    opened = (*shown.values(), *written.values(), *workspace.values())
    above = {folder for path in opened for folder in path.parents}
    passed = {f"ABOVE_{number}": path for number, path in enumerate(sorted(above))}
    parameters = {"PYTHON": interpreter, **shown, **written, **workspace, **passed}
    rules = _rules(policy, shown, written, passed)
    definitions = [f"{name}={path}" for name, path in parameters.items()]
    return [
        PROGRAM,
        "-p",
        "\n".join(rules),
        *(part for each in definitions for part in ("-D", each)),
    ]


def _rules(
    policy: Policy, shown: Iterable[str], written: Iterable[str], passed: Iterable[str]
) -> Iterator[str]:
    """The profile, a rule an item; later ones go before earlier ones."""
    yield _BASE
    yield '(allow process-exec (literal (param "PYTHON")))'
    if policy.processes:
        yield _PROGRAMS
    for name in passed:
        yield f'(allow file-read-metadata file-test-existence (literal (param "{name}")))'
    if policy.workspace:
        yield from _of_workspace()
    # After what is closed in the workspace: certificates of packages are no secrets.
    for name in shown:
        below = f'(subpath (param "{name}"))'
        yield f"(allow file-read* file-test-existence file-map-executable process-exec {below})"
    for name in written:
        yield f'(allow file-read* file-write* file-test-existence (subpath (param "{name}")))'


def _of_workspace() -> Iterator[str]:
    below = '(subpath (param "WORKSPACE"))'
    yield f"(allow file-read* file-test-existence {below})"
    for glob in (*_OF_VERSION_CONTROL, *SECRETS):
        yield f'(deny file-read-data (require-all {below} (regex #"{expression(glob)}")))'


def expression(glob: str) -> str:
    """The regular expression of a path that has a name like `glob` in it, or lies below one.

    The file system does not tell small letters from capital ones, so neither does this.

    Raises:
        ValueError: There is a quote in it, with which the expression would end.
    """
    if '"' in glob:
        raise ValueError(f"a quote cannot be part of an expression: {glob}")
    name = glob.removeprefix("**/")
    return "/" + "".join(_letters(name)) + "(/|$)"


def _letters(name: str) -> Iterator[str]:
    inside = False
    for letter in name:
        inside = letter == "[" or (inside and letter != "]")
        if inside or letter == "]":
            yield letter
        elif letter in "*?":
            yield "[^/]*" if letter == "*" else "[^/]"
        elif letter.isalpha():
            yield f"[{letter.lower()}{letter.upper()}]"
        else:
            yield f"\\{letter}" if letter in ".+^$(){}|\\" else letter
