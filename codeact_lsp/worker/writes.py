"""What a node changes on disk; what it makes and takes away again is nobody's business."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_MOST = 2_000
_MEMORY = "/dev/shm/"  # noqa: S108 - only compared with.
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TOUCHING = frozenset(
    {"os.chmod", "os.chown", "os.removexattr", "os.setxattr", "os.truncate", "os.utime"}
)
_MOVING = frozenset({"os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"})
NODES = frozenset({"os.mkfifo", "os.mknod"})
EVENTS = _TOUCHING | _MOVING | NODES


class Writes:
    """Follows what becomes of paths, from audit events; all paths are absolute."""

    def __init__(self) -> None:
        self._changed: dict[str, None] = {}
        self._made: dict[str, None] = {}
        self._rewritten: set[str] = set()
        self._table: Mapping[str, Callable[..., None]] = {
            "os.link": self._linked,
            "os.mkdir": self._made_folder,
            "os.remove": self._removed,
            "os.rename": self._renamed,
            "os.rmdir": self._removed,
            "os.symlink": self._linked,
            **dict.fromkeys(_TOUCHING, self._touched),
            **dict.fromkeys(NODES, self._made_node),
        }

    def event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an audit event of `EVENTS`; what it tells of is about to be done."""
        self._table[event](*arguments)

    def opened(self, path: str, flags: int) -> None:
        """A file is about to be opened."""
        if not flags & CHANGES or _is_device(path):
            return
        if not os.path.lexists(path):
            if flags & os.O_CREAT:
                self._make(path)
        elif not self.is_own(path):
            self._change(path)
            if flags & os.O_TRUNC:
                self._rewritten.add(path)

    def is_own(self, path: str) -> bool:
        """Whether all that is at a path was put there by the node."""
        return path in self._rewritten or any(part in self._made for part in _with_parents(path))

    def lasting(self, folder: str) -> tuple[list[str], list[str]]:
        """What is otherwise than before, now that the node has ended.

        Args:
            folder: The plan's. What is left in it counts, even if it is a temporary one.

        Returns:
            What was changed or made, and what was made in the system's temporary folder.
        """
        left = [path for path in self._made if self._is_left(path)]
        temporary = {path for path in left if _is_temporary(path, folder)}
        lasting = [*self._changed, *(path for path in left if path not in temporary)]
        return lasting, sorted(temporary)

    def _is_left(self, path: str) -> bool:
        return os.path.lexists(path) and not self.is_own(os.path.dirname(path))

    def _made_folder(self, path: Any, _mode: int = 0, folder: int = -1) -> None:
        self._made_at(absolute(path, folder))

    def _made_node(self, path: Any, folder: int = -1) -> None:
        self._made_at(absolute(path, folder))

    def _linked(self, _target: Any, path: Any, *folders: int) -> None:
        self._made_at(absolute(path, folders[-1] if folders else -1))

    def _made_at(self, path: str | None) -> None:
        if path is not None and not os.path.lexists(path):
            self._make(path)

    def _make(self, path: str) -> None:
        """Note a path that was not there; what is beyond counting is not followed any further."""
        if len(self._made) < _MOST:
            self._made[path] = None
        else:
            self._change(path)

    def _change(self, path: str) -> None:
        if len(self._changed) < _MOST:
            self._changed[path] = None

    def _removed(self, path: Any, folder: int = -1) -> None:
        name = absolute(path, folder)
        if name is None or not os.path.lexists(name):
            return
        if not self.is_own(name):
            self._change(name)
        self._made.pop(name, None)

    def _renamed(self, source: Any, target: Any, *folders: int) -> None:
        old, new = absolute(source, *folders[:1]), absolute(target, *folders[1:])
        if old is None or new is None or not os.path.lexists(old):
            return
        fresh = self.is_own(old)
        self._removed(old)
        if fresh and (self.is_own(new) or not os.path.lexists(new)):
            self._make(new)
        else:
            self._change(new)
            if fresh:
                self._rewritten.add(new)

    def _touched(self, path: Any, *_: Any) -> None:
        name = absolute(path)
        if isinstance(path, str | bytes) and name is not None and not self.is_own(name):
            self._change(name)


def _is_device(path: str) -> bool:
    return path.startswith(("/dev/", "/proc/")) and not path.startswith(_MEMORY)


def _is_temporary(path: str, folder: str) -> bool:
    temporary, own, real = map(os.path.realpath, (_temporary(), folder, path))
    in_temporary = real.startswith((f"{temporary}/", _MEMORY))
    return in_temporary and not real.startswith(f"{own}/")


def _temporary() -> str:
    """The temporary folder; `tempfile` knows none while no file can be made in any."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return os.environ.get("TMPDIR", "/")


def absolute(path: Any, folder: int = -1) -> str | None:
    """The absolute path behind what an audit event names; None if it names none.

    Args:
        path: A path, or a descriptor.
        folder: A descriptor of the folder that the path is relative to; -1 is the current one.
    """
    if isinstance(path, int):
        return _behind(path)
    if path is None:
        return os.getcwd()
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    name = os.fsdecode(path)
    if folder >= 0 and not os.path.isabs(name):
        name = os.path.join(_behind(folder) or "", name)
    whole = os.path.abspath(name)
    # Two slashes at the start are kept by it, and mean no more than one.
    return whole[1:] if whole.startswith("//") else whole


def _behind(descriptor: int) -> str | None:
    """The path that a descriptor was opened by (Linux)."""
    try:
        name = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return None
    return name if name.startswith("/") else None


def _with_parents(path: str) -> Iterator[str]:
    while path not in {"", "/"}:
        yield path
        path = os.path.dirname(path)
