"""Takes more than there is for it: of memory, disk, time, processes, files, output.

None of these may run where nothing is confined.
"""

import ctypes
import mmap
import os
import signal
import tempfile
import threading
import time
from pathlib import Path

PAGE = 1 << 20


def memory_at_once():
    """More memory than there is.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    return len(bytearray(64 << 30))


def memory_bit_by_bit():
    """Memory without end.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    held = []
    while True:
        held.append(b"x" * PAGE)


def memory_mapped():
    """Memory without end, shared with nobody.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    held = []
    while True:
        held.append(mmap.mmap(-1, 16 * PAGE))
        held[-1].write(b"x" * 16 * PAGE)


def memory_in_list():
    """A list of itself, without end.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    held = [0]
    while True:
        held += held


def memory_in_text():
    """A text that says more than anybody can keep.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    return "%s" % ("x" * 10**11)


def memory_by_library():
    """A table without end.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    import numpy

    held = []
    while True:
        held.append(numpy.ones(PAGE))


def memory_of_children():
    """Memory in many processes, each of which takes little.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    for _ in range(64):
        if os.fork() == 0:
            held = b"x" * (200 * PAGE)
            time.sleep(60)
            os._exit(len(held) & 1)
    time.sleep(60)


def memory_in_scratch():
    """Scratch files without end: they are memory as well.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    with tempfile.TemporaryFile() as file:
        while True:
            file.write(bytes(PAGE))


def memory_in_shared_files():
    """The other place for scratch, without end.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    with open("/dev/shm/bomb", "wb") as file:
        while True:
            file.write(bytes(PAGE))


def memory_in_pipes():
    """Pipes, each of which keeps some.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    import fcntl

    held = []
    while True:
        reading, writing = os.pipe()
        held.append((reading, writing))
        fcntl.fcntl(writing, 1031, PAGE)
        os.set_blocking(writing, False)
        os.write(writing, bytes(PAGE))


def memory_in_sockets():
    """Sockets, each of which keeps as much as it asked for.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    import socket

    held = []
    while True:
        one, other = socket.socketpair()
        held.append((one, other))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
        one.setblocking(False)
        while True:
            try:
                one.send(bytes(PAGE))
            except BlockingIOError:
                break


def memory_in_value():
    """A value without end.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    class Endless:
        def __reduce__(self):
            return list, (), None, iter(lambda: b"x" * 999, None)

    return Endless()


def memory_unmeasured():
    """A hole that is said to be large.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    with tempfile.TemporaryFile() as file:
        file.truncate(1 << 44)
        return mmap.mmap(file.fileno(), 1 << 40)[-1]


def raised_limits():
    """More memory than there is, by limits that it sets itself.

    Memory: 256 MB
    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    import resource

    for limit in (resource.RLIMIT_AS, resource.RLIMIT_DATA, resource.RLIMIT_NPROC):
        try:
            resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (OSError, ValueError):
            continue
    held = []
    while True:
        held.append(b"x" * PAGE)


def files_without_end():
    """Files without end, each of them empty.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    folder = tempfile.mkdtemp()
    number = 0
    while True:
        Path(folder, str(number)).touch()
        number += 1


def folders_without_end():
    """A folder in a folder in a folder.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    os.chdir(tempfile.mkdtemp())
    while True:
        os.mkdir("x")
        os.chdir("x")


def files_of_nobody():
    """Folders that nobody may look into or remove.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    folder = Path(tempfile.mkdtemp(), "closed", "inner")
    folder.mkdir(parents=True)
    folder.chmod(0)
    folder.parent.chmod(0)
    return "closed"


def open_files():
    """Open files without end.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    held = []
    while True:
        held.append(open(os.devnull))


def threads_without_end():
    """Threads without end.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def processes_without_end():
    """Processes without end.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)


def processes_in_a_row():
    """Processes, each of which begins the next and ends.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    while True:
        if os.fork():
            os._exit(0)
        os.setsid()


def processor():
    """Time without end.

    Timeout: 2 s
    Unconfined: never, it would hurt the machine
    """
    while True:
        pass


def processor_in_number():
    """A number that takes longer than anybody lives: no signal is heard meanwhile.

    Timeout: 2 s
    Unconfined: never, it would hurt the machine
    """
    return len(str(9**9**8))


def processor_in_pattern():
    """A pattern that takes as long.

    Timeout: 2 s
    Unconfined: never, it would hurt the machine
    """
    import re

    return re.match("(a+)+$", "a" * 64 + "b")


def deaf():
    """Time without end, deaf to all signals.

    Timeout: 2 s
    Unconfined: never, it would hurt the machine
    """
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    while True:
        try:
            time.sleep(60)
        except BaseException:
            continue


def deaf_in_library():
    """Time without end, in code that is not Python's, with all signals blocked.

    Timeout: 2 s
    Unconfined: never, it would hurt the machine
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    ctypes.CDLL(None).pause()
    ctypes.PyDLL(None).sleep(600)


def output():
    """Output without end.

    Timeout: 3 s
    Unconfined: never, it would hurt the machine
    """
    while True:
        os.write(1, b"x" * 65_536)


def output_in_lines():
    """Lines without end.

    Timeout: 3 s
    Unconfined: never, it would hurt the machine
    """
    while True:
        os.write(2, b"\n" * 4096)


def deep_recursion():
    """Calls without end, with the guard taken away.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    import sys

    sys.setrecursionlimit(1 << 30)

    def deeper(number):
        return deeper(number + 1) + 1

    return deeper(0)


def deep_value():
    """A value that is nested without end.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    held = []
    for _ in range(200_000):
        held = [held]
    return held


def value_of_itself():
    """A value that contains itself.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    held = {}
    held["x"] = [held, held]
    return held


def stack():
    """A stack without end.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    threading.stack_size(1 << 30)
    for _ in range(64):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def core():
    """A crash that leaves all of its memory.

    Timeout: 4 s
    Unconfined: never, it would hurt the machine
    """
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        pass
    os.chdir(tempfile.gettempdir())
    os.abort()


def witness_beside():
    """A node beside all these, which is to end well."""
    return ""
