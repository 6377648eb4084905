"""What a node does besides making its value: what a later run would miss if it reused it."""

import _posixsubprocess
import os
from collections.abc import Callable
from typing import Any

from .askers import asker, module_of
from .gate import Gate, replace

_MOST_OF_A_KIND = 10
_MOST_TEXT = 200
NETWORK = frozenset(
    {
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "socket.sendmsg",
        "socket.sendto",
    }
)
PROCESSES = frozenset(
    {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"}
)
EVENTS = NETWORK | PROCESSES
# They ask a program what machine this is, and which fonts it has.
_HARMLESS = frozenset({"platform", "uuid", "ctypes.util", "matplotlib.font_manager"})
_STARTERS = frozenset({"os", "subprocess"})


class Effects:
    """Notes effects, each once; many of one kind are as good as a few."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], None] = {}

    def as_list(self) -> list[list[str]]:
        """Pairs of kind and detail."""
        return [list(pair) for pair in self._seen]

    def note(self, kind: str, detail: str = "") -> None:
        """Note an effect.

        Args:
            kind: `writes`, `network`, `clock`, `random`, `process` or `reads`.
            detail: What of that kind: a path, an address, a function, a program.
        """
        if sum(known == kind for known, _ in self._seen) < _MOST_OF_A_KIND:
            self._seen[kind, detail[:_MOST_TEXT]] = None

    def watch(self, gate: Gate, heard: Callable[[str, tuple[Any, ...]], None]) -> None:
        """Begin to watch what starts programs without an audit event, as `multiprocessing` does.

        Args:
            gate: What lets that be noted.
            heard: Takes the event that there should have been.
        """
        started = gate.guarded(lambda started: heard("subprocess.Popen", tuple(started)[:1]))

        def telling(before: Callable[..., int]) -> Callable[..., int]:
            def fork_exec(arguments: Any, *others: Any) -> int:
                started(arguments)
                return before(arguments, *others)

            return fork_exec

        replace(_posixsubprocess, "fork_exec", telling)

    def event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an audit event of `EVENTS`."""
        if event in NETWORK:
            self.note("network", address(event, arguments))
            return
        frame = asker(_STARTERS)
        if frame is None or module_of(frame) not in _HARMLESS:
            self.note("process", program(arguments))


def address(event: str, arguments: tuple[Any, ...]) -> str:
    """Whom a socket event is about; the first argument of most is the socket itself."""
    named = arguments[:1] if event.startswith("socket.get") else arguments[1:2]
    address = named[0] if named else ""
    if isinstance(address, tuple) and len(address) > 1:
        return f"{_text(address[0])}:{_text(address[1])}"
    return _text(address)


def program(arguments: tuple[Any, ...]) -> str:
    """The program that an event about processes names; empty if it names none."""
    return os.path.basename(_text(arguments[0]).partition(" ")[0]) if arguments else ""


def _text(thing: Any) -> str:
    """Names and numbers as text; of anything else nothing, for it could run the plan's code."""
    if isinstance(thing, bytes):
        return os.fsdecode(thing)
    return str(thing) if type(thing) in {str, int} else ""
