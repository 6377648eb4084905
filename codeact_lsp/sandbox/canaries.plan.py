"""What the self-test runs as nodes: each tries to break one promise, and says that it has tried.

Whether something got through is seen from outside, or by words that a node can only have from there.
"""

import contextlib
import os
import select
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path


def runs(file: str):
    """Does what every node may do."""
    with tempfile.TemporaryFile("w+") as scratch:
        scratch.write(Path(file).read_text())
        scratch.seek(0)
        print(scratch.read(), flush=True)
    _tried()


def read(files: list):
    """Reads files, and lists the folders that they lie in."""
    for file in files:
        _attempt(lambda: print(Path(file).read_text(), flush=True))
        _attempt(lambda: print(*os.listdir(Path(file).parent), flush=True))
    _tried()


def write(files: list, folder: str):
    """Makes files and folders, changes files, and moves them away."""
    for file in files:
        _attempt(lambda: Path(file).open("a").write("canary"))
        _attempt(lambda: os.truncate(file, 1))
        _attempt(lambda: os.rename(file, file + ".moved"))
    _attempt(lambda: os.mkdir(folder))
    _attempt(lambda: os.symlink("anywhere", folder))
    _tried()


def connect(port: int):
    """Speaks to the machine's own address, in both ways."""
    _attempt(lambda: socket.create_connection(("127.0.0.1", port), 1).sendall(b"canary"))
    _attempt(lambda: _datagram().sendto(b"canary", ("127.0.0.1", port)))
    _tried()


def speak(places: list):
    """Speaks to programs through sockets with a name, in files and without."""
    for place in places:
        _attempt(lambda: _stream().connect(place))
    _tried()


def start(word: str):
    """Starts processes; it is they that say the word backwards."""
    backwards = word[::-1]
    _attempt(lambda: _forked(lambda: os.write(1, backwards.encode())))
    _attempt(lambda: _spawned(f"print({backwards!r}, flush=True)"))
    _tried()


def kill(process: int):
    """Ends a process of somebody else."""
    _attempt(lambda: os.kill(process, signal.SIGKILL))
    _attempt(lambda: signal.pidfd_send_signal(os.pidfd_open(process), signal.SIGKILL))
    _tried()


def see(process: int):
    """Looks for a process of somebody else, and at how all processes were started."""
    for ask in (os.getpgid, os.getsid, os.sched_getaffinity):
        _attempt(lambda: print("seen:", ask(process), flush=True))
    for entry in (str(process), *_entries("/proc")):
        _attempt(lambda: print(Path("/proc", entry, "cmdline").read_text(), flush=True))
    _tried()


def neighbours():
    """Looks for processes beside its own."""
    for process in range(1, 300):
        if process != os.getpid():
            _attempt(lambda: print("seen:", process, os.getpgid(process), flush=True))
    _tried()


def environment():
    """Tells all variables that it can find."""
    print(*(f"{name}={value}" for name, value in os.environ.items()), sep="\0", flush=True)
    for entry in _entries("/proc"):
        _attempt(lambda: print(Path("/proc", entry, "environ").read_text(), flush=True))
    _tried()


def go_on(file: str):
    """Holds a file, in this process and in others that turn away from it, and does not end."""
    import fcntl

    held = open(file)
    fcntl.flock(held, fcntl.LOCK_SH)
    _attempt(lambda: _forked(lambda: (os.setsid(), _forked(_wait)), wait=False))
    with contextlib.suppress(ValueError, OSError):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
    _tried()
    _wait()


def grow(most: int):
    """Takes more memory than it may."""
    _tried()
    held = []
    for _ in range(2 * most >> 24):
        held.append(_memory(1 << 24))
    print("beyond", flush=True)


def fill(most: int):
    """Writes more scratch files than it may."""
    _tried()
    with tempfile.TemporaryFile() as scratch:
        for _ in range(2 * most >> 20):
            scratch.write(bytes(1 << 20))
        scratch.flush()
    print("beyond", flush=True)


def leave(name: str, folders: list):
    """Finds what an earlier call of it has left, and leaves the same."""
    for folder in (tempfile.gettempdir(), *folders):
        file = Path(folder, name)
        _attempt(lambda: print("left:", file.read_text(), flush=True))
        _attempt(lambda: file.write_text("canary"))
    _tried()


def grow_together(processes: int, bytes_each: int):
    """Takes, in several processes at once, more memory than they may together."""
    _tried()
    ends = [_grown(bytes_each) for _ in range(processes)]
    # One that has said so may have been killed for the next: then its end is closed.
    if all(os.read(end, 1) for end in ends) and not select.select(ends, [], [], 0.2)[0]:
        print("beyond", flush=True)


def _tried():
    print("tried", flush=True)


def _attempt(what):
    with contextlib.suppress(Exception):
        what()


def _entries(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return ["self", "1"]


def _stream():
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)


def _datagram():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def _forked(what, wait=True):
    pid = os.fork()
    if pid == 0:
        try:
            what()
        finally:
            os._exit(0)
    if wait:
        os.waitpid(pid, 0)
    return True


def _spawned(code):
    arguments = [sys.executable, "-I", "-S", "-c", code]
    os.waitpid(os.posix_spawn(sys.executable, arguments, {}), 0)


def _wait():
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(3600)


def _memory(size):
    """Memory that is really used: each page of it is written to."""
    held = bytearray(size)
    held[::4096] = bytes(len(held[::4096])).replace(b"\0", b"\1")
    return held


def _grown(size):
    """A descriptor on which a new process says that it has taken memory; it keeps that."""
    reading, writing = os.pipe()

    def grow():
        held = _memory(size)
        os.write(writing, b"1")
        while held:
            time.sleep(3600)

    _forked(grow, wait=False)
    os.close(writing)
    return reading
