"""Traps for canaries that reach for networks, programs and processes, or for more than they may."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from codeact_lsp.sandbox.traps import LIMITS, Grounds, Trap, heard, new_word

_DYING_SECONDS = 0.05
# What a worker has a right to, and what it has of its own: there the user may mean the same.
_HARMLESS = ("LANG", "LC_", "TZ", "TERM", "COLUMNS", "LINES", "CODEACT_START_METHOD")
_OWN = (
    "HOME", "LOGNAME", "PATH", "TMPDIR", "USER", "JOBLIB_", "OMP_", "OPENBLAS_", "MKL_",
    "PYTHONHASHSEED",
)  # fmt: skip
_BEYOND = heard("beyond", "it took more than its limit")


@contextmanager
def listeners(_grounds: Grounds) -> Iterator[Trap]:
    """A port of this machine that waits for connections, and the same for datagrams."""
    with ExitStack() as stack:
        stream = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = stream.getsockname()[1]
        ears = [stream]
        with suppress(OSError):  # Somebody else has it for datagrams.
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            stack.enter_context(datagrams).bind(("127.0.0.1", port))
            ears.append(datagrams)
        yield Trap({"port": port}, lambda _: _spoken_to(ears, "the network was reached"))


@contextmanager
def named_sockets(grounds: Grounds) -> Iterator[Trap]:
    """Sockets of a program: in the workspace, outside of it, and with a name that is no file."""
    hidden = f"\0codeact-{new_word()}"
    places = [str(grounds.workspace / "s"), str(grounds.outside / "s"), hidden]
    with ExitStack() as stack:
        ears = [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in places]
        for ear, place in zip(ears, places, strict=True):
            ear.bind(place)
            ear.listen()
        yield Trap({"places": places}, lambda _: _spoken_to(ears, "a program was spoken to"))


@contextmanager
def backwards(_grounds: Grounds) -> Iterator[Trap]:
    """A word that only a process that was started says backwards."""
    word = new_word()
    yield Trap({"word": word}, heard(word[::-1], "a process was started"))


@contextmanager
def seen_victim(_grounds: Grounds) -> Iterator[Trap]:
    """A process of the user that has a word among its arguments."""
    word = new_word()
    with _process(word) as process:

        def sprung(said: str) -> str:
            return "a process was seen" if "seen:" in said or word in said else ""

        yield Trap({"process": process.pid}, sprung)


@contextmanager
def killed_victim(_grounds: Grounds) -> Iterator[Trap]:
    """A process of the user that has to stay alive."""
    with _process("victim") as process:

        def sprung(_said: str) -> str:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_DYING_SECONDS)
            return "a process was killed" if process.returncode is not None else ""

        yield Trap({"process": process.pid}, sprung)


@contextmanager
def variables(_grounds: Grounds) -> Iterator[Trap]:
    """The variables of this process; none of them has to be known."""

    def sprung(said: str) -> str:
        told = set(said.replace("\n", "\0").split("\0"))
        own = {f"{name}={value}" for name, value in os.environ.items() if _is_private(name)}
        leaked = sorted(variable.partition("=")[0] for variable in told & own)
        return f"variables were seen: {', '.join(leaked)}" if leaked else ""

    yield Trap({}, sprung)


@contextmanager
def most_memory(_grounds: Grounds) -> Iterator[Trap]:
    """The limit of memory."""
    yield Trap({"most": LIMITS.memory}, _BEYOND)


@contextmanager
def most_scratch(_grounds: Grounds) -> Iterator[Trap]:
    """The limit of scratch files."""
    yield Trap({"most": LIMITS.scratch}, _BEYOND)


@contextmanager
def memory_in_sum(_grounds: Grounds) -> Iterator[Trap]:
    """More processes than can have what they take, though each alone could."""
    each = (LIMITS.memory or 0) // 2
    yield Trap({"processes": 6, "bytes_each": each}, _BEYOND)


@contextmanager
def nothing(_grounds: Grounds) -> Iterator[Trap]:
    """Nothing: what there is to be found is there anyway."""
    yield Trap({}, heard("seen:", "another process was seen"))


def _spoken_to(sockets: list[socket.socket], why: str) -> str:
    """What got through if somebody has spoken to one of some sockets."""
    for each in sockets:
        each.settimeout(0)
        with suppress(BlockingIOError):
            if each.type == socket.SOCK_STREAM:
                each.accept()[0].close()
            else:
                each.recv(16)
            return why
    return ""


@contextmanager
def _process(word: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a word among its arguments, which waits until it is no longer needed."""
    waits = ["/bin/cat", "-", word]
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def _is_private(name: str) -> bool:
    return not name.startswith(_HARMLESS + _OWN)
