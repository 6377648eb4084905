"""The command line of bubblewrap: what a worker sees of the machine."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from codeact_lsp.sandbox.runtime import outermost

TEMPORARY = "/tmp"  # noqa: S108 - in a file system of the worker's own.
# Who a worker is in there if the server is root: to be root inside would be of use outside.
_USER = 1000

_NOTHING: Mapping[Path, Path] = MappingProxyType({})


def command(  # noqa: PLR0913 - all that a worker sees.
    program: Path,
    *,
    show: Iterable[Path],
    writable: Iterable[Path],
    scratch: Path,
    kept: Mapping[Path, Path] = _NOTHING,
    doubles: Mapping[Path, Path] = _NOTHING,
) -> list[str]:
    """What is put in front of a command so that it runs contained.

    Args:
        program: Bubblewrap.
        show: Files and folders that may be read.
        writable: Those of them that may be written.
        scratch: A folder that is to be empty, and of memory.
        kept: Files that are in that folder all the same, by their places in it.
        doubles: What lies in the place of what is shown, by path.
    """
    user = os.getuid() or _USER
    return [
        str(program),
        *("--unshare-all", "--unshare-user", "--uid", str(user), "--gid", str(user)),
        *("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"),
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", TEMPORARY, "--dir", str(scratch)),
        *_shown(show),
        *_placed(set(writable), doubles),
        *(part for place, file in kept.items() for part in _put(file, scratch / place)),
        # The command itself comes from outside; there is nothing of the user's in here to be at.
        *("--remount-ro", "/", "--chdir", "/", "--"),
    ]


def _placed(writable: Collection[Path], doubles: Mapping[Path, Path]) -> Iterator[str]:
    """What may lie in another one comes after it, to lie upon it."""
    for path in sorted({*writable, *doubles}):
        how = "--bind" if path in writable else "--ro-bind"
        yield from (how, str(doubles.get(path, path)), str(path))


def _put(file: Path, place: Path) -> tuple[str, str, str]:
    """It may be gone by then, and then it is not missed."""
    return "--ro-bind-try", str(file), str(place)


def _shown(paths: Iterable[Path]) -> Iterator[str]:
    """A link stays one: what it leads to is shown under its own name, or not at all.

    What was granted may be gone, and the workspace too: then whoever looks for it finds nothing.
    """
    for path in outermost(set(paths)):
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        else:
            yield from ("--ro-bind-try", str(path), str(path))
