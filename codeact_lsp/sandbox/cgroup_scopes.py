"""Control groups that a user's systemd makes: for users to whom no group of their own is delegated.

`systemd-run` has the user's manager put the process into a new scope, then becomes the command. The
scope has its limits from the start, and goes when its last process does.
"""

import itertools
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codeact_lsp.sandbox.cgroup_places import NoGroupsError
from codeact_lsp.sandbox.programs import answer

_PROGRAM = Path("/usr/bin/systemd-run")
_SLICE = "codeact.slice"
_PATIENCE_SECONDS = 5.0
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Scopes:
    """A user's manager: where it listens, and the folder of the slice that our scopes are in."""

    runtime: str
    folder: Path

    def unit(self) -> str:
        """A name for a new scope."""
        return f"codeact-{os.getpid()}-{next(_numbers)}.scope"

    def joined(
        self, unit: str, memory: int | None, processes: int | None, command: Sequence[str]
    ) -> list[str]:
        """What has itself put into a new scope and then becomes `command`."""
        limits = {"MemoryMax": memory, "MemorySwapMax": 0, "TasksMax": processes}
        set_to = [f"{name}={limit}" for name, limit in limits.items() if limit is not None]
        return [
            # The command gets no more variables than it would without all this.
            *("/usr/bin/env", f"XDG_RUNTIME_DIR={self.runtime}", str(_PROGRAM)),
            *("--user", "--scope", "--quiet", "--collect", f"--unit={unit}", f"--slice={_SLICE}"),
            *(part for each in set_to for part in ("-p", each)),
            *("--", "/usr/bin/env", "-u", "XDG_RUNTIME_DIR", *command),
        ]


def find_scopes() -> Scopes:
    """The user's manager, if it makes scopes with limits; it is tried.

    Raises:
        NoGroupsError: There is none, or it does not; the message says why.
    """
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}"))
    if not _PROGRAM.is_file() or not _listens(runtime / "systemd" / "private"):
        raise NoGroupsError("no systemd manages this user's processes")
    scopes = Scopes(str(runtime), Path())
    command = ["/bin/cat", "/proc/self/cgroup"]
    told = _told(scopes.joined(scopes.unit(), 1 << 26, 8, command))
    path = told.rpartition("0::")[2].strip()
    folder = Path("/sys/fs/cgroup", path.lstrip("/")).parent
    if folder.name != _SLICE or not _hands_down(folder):
        raise NoGroupsError(f"the user's systemd does not bound memory and processes in {folder}")
    return Scopes(str(runtime), folder)


def _listens(place: Path) -> bool:
    """Whether there is a socket of this user's."""
    try:
        status = place.stat()
    except OSError:
        return False
    return stat.S_ISSOCK(status.st_mode) and status.st_uid == os.getuid()


def _told(command: Sequence[str]) -> str:
    try:
        return answer(command, _PATIENCE_SECONDS)
    except OSError as error:
        raise NoGroupsError(f"the user's systemd makes no scope: {error}") from error


def _hands_down(folder: Path) -> bool:
    try:
        words = (folder / "cgroup.subtree_control").read_text(encoding="ascii").split()
    except OSError:
        return False
    return {"memory", "pids"} <= set(words)
