"""Leaves something for the nodes that come after; each that looks for it should find nothing."""

import builtins
import ctypes
import json
import os
import re
import sys
import tempfile
from pathlib import Path


def prepares_secret():
    """A node that has something in memory which is its own, and ends before others begin."""
    held = f"trace {7**40} trace"
    return len(held)


def in_temporary():
    """A file where temporary files are."""
    _leave(tempfile.gettempdir(), "in_temporary")


def witness_in_temporary(in_temporary):
    return _left(tempfile.gettempdir(), "in_temporary")


def in_tmp():
    """A file in /tmp."""
    _leave("/tmp", "in_tmp")


def witness_in_tmp(in_tmp):
    return _left("/tmp", "in_tmp")


def in_shared_memory():
    """A file in memory that programs share."""
    _leave("/dev/shm", "in_shared_memory")


def witness_in_shared_memory(in_shared_memory):
    return _left("/dev/shm", "in_shared_memory")


def in_home_of_node():
    """A file in what the node takes for its home."""
    _leave(os.path.expanduser("~"), "in_home_of_node")


def witness_in_home_of_node(in_home_of_node):
    return _left(os.path.expanduser("~"), "in_home_of_node")


def in_memory_with_name():
    """Shared memory with a name."""
    from multiprocessing.shared_memory import SharedMemory

    memory = SharedMemory("in_memory_with_name", create=True, size=16)
    memory.buf[:5] = b"trace"


def witness_in_memory_with_name(in_memory_with_name):
    from multiprocessing.shared_memory import SharedMemory

    try:
        return bytes(SharedMemory("in_memory_with_name").buf[:5]).decode()
    except OSError:
        return ""


def in_message_queue():
    """A message, in a queue with a name."""
    libc = ctypes.CDLL(None, use_errno=True)
    queue = libc.mq_open(b"/in_message_queue", os.O_CREAT | os.O_RDWR, 0o600, None)
    libc.mq_send(queue, b"trace", 5, 1)


def witness_in_message_queue(in_message_queue):
    libc = ctypes.CDLL(None, use_errno=True)
    queue = libc.mq_open(b"/in_message_queue", os.O_RDONLY)
    libc.mq_unlink(b"/in_message_queue")
    return "" if queue < 0 else "it is there"


def in_key_ring():
    """A key, in the ring of the session."""
    libc = ctypes.CDLL(None, use_errno=True)
    made = libc.syscall(248, b"user", b"attack:in_key_ring", b"key", 3, -5)
    libc.syscall(250, 5, made, 0x3F3F3F3F)


def witness_in_key_ring(in_key_ring):
    found = ctypes.CDLL(None, use_errno=True).syscall(249, b"user", b"attack:in_key_ring", None, 0)
    return "" if found < 0 else "it is there"


def in_modules():
    """A module.

    Unconfined: never, each node is a process of its own there too
    """
    sys.modules["in_modules"] = sys
    builtins.in_modules = "trace"
    json.dumps = lambda *_, **__: '{"ok": true}'
    os.environ["in_modules"] = "trace"
    sys.path.insert(0, tempfile.gettempdir())


def witness_in_modules(in_modules):
    traces = (sys.modules, vars(builtins), os.environ)
    return "".join("trace" for names in traces if "in_modules" in names)


def in_starting_process():
    """In the memory of the process that starts the nodes.

    Unconfined: never, it would end the nodes beside it
    """
    for line in open(f"/proc/{os.getppid()}/maps"):
        start, end = (int(part, 16) for part in line.split()[0].split("-"))
        if " rw-p " in line and "[heap]" in line:
            with open(f"/proc/{os.getppid()}/mem", "r+b", buffering=0) as memory:
                memory.seek(start)
                memory.write(memory.read(end - start).replace(b"PYTHONHASHSEED", b"TRACEOFATTACK_"))


def witness_in_starting_process(in_starting_process):
    return "".join(name for name in os.environ if "TRACE" in name)


def memory_of_earlier(prepares_secret):
    """What an earlier node had in memory, in what this one has got of it.

    Unconfined: never, the process that starts the nodes takes in nothing of theirs there either
    """
    for line in open("/proc/self/maps"):
        if " rw-p " in line:
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            if re.search(rb"trace \d{30,} trace", ctypes.string_at(start, end - start)):
                return "found"


def witness_memory_of_earlier(memory_of_earlier):
    return memory_of_earlier or ""


def descriptors_of_earlier():
    """What other nodes have open, in what this one has got of it.

    Unconfined: never, each node is a process of its own there too
    """
    return sorted(os.listdir("/proc/self/fd"))


def witness_descriptors_of_earlier(descriptors_of_earlier):
    known = {"0", "1", "2", "3", "4", "5"}
    return "".join(name for name in descriptors_of_earlier[:-1] if name not in known and int(name) > 8)


def rewritten_later():
    """A process that changes the node's value when that has been handed over.

    Unconfined: never, nodes' processes are ended there too
    Free: standard
    """
    import time

    if os.fork() == 0:
        ctypes.CDLL(None).prctl(15, b"+rewritten_later")
        time.sleep(0.5)
        for number in range(3, 16):
            try:
                os.pwrite(number, b"rewritten" * 10, 0)
            except OSError:
                continue
        os._exit(0)
    return "as it was" * 10


def witness_rewritten_later(rewritten_later):
    import time

    time.sleep(0.7)
    return "" if rewritten_later == "as it was" * 10 else "rewritten"


def _leave(folder, name):
    Path(folder, name).write_text("trace")


def _left(folder, name):
    path = Path(folder, name)
    return path.read_text() if path.exists() else ""
