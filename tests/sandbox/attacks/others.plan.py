"""Looks into other processes and disturbs them; each that is disturbed is there for one payload."""

import ctypes
import os
import re
import resource
import signal
import stat
import time

CANARY = re.compile(rb"canary-[0-9a-f]{16}")
SYS_PIDFD_OPEN, SYS_PIDFD_GETFD, SYS_PIDFD_SEND_SIGNAL = 434, 438, 424


def environment():
    """The variables that the node was given."""
    return str(os.environ)


def environment_in_memory():
    """The variables that lie where the process began, whatever became of them since."""
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    return _found(b"%r" % libc.getenv(b"CANARY"), open("/proc/self/environ", "rb").read())


def parents_environment():
    """The variables of whoever started the node, and of all above."""
    return _found(*(_read(f"/proc/{pid}/environ") for pid in _ancestors()))


def all_environments():
    """The variables of all processes."""
    return _found(*(_read(f"/proc/{pid}/environ") for pid in _processes() if pid != os.getpid()))


def environment_of_threads():
    """The variables of a process, by its thread."""
    return _found(*(_read(f"/proc/{pid}/task/{pid}/environ") for pid in _processes()))


def commands_of_all():
    """How all processes were started."""
    return _found(*(_read(f"/proc/{pid}/cmdline") for pid in _processes()))


def commands_by_number(bystander):
    """How a process was started that no list shows."""
    return _found(_read(f"/proc/{bystander}/cmdline"))


def memory_of_parent():
    """The memory of whoever started the node, and of all above."""
    return _found(*(part for pid in _ancestors() for part in _memory(pid)))


def memory_of_other(bystander):
    """The memory of another program."""
    return _found(*_memory(bystander))


def memory_by_call(bystander):
    """The memory of another program, by the call that debuggers use."""
    libc = ctypes.CDLL(None, use_errno=True)
    return _found(*(_peeked(libc, bystander, start, end) for start, end in _stack(bystander)))


def parents_memory_by_call():
    """The memory of whoever started the node, by the call that debuggers use."""
    libc = ctypes.CDLL(None, use_errno=True)
    places = [(pid, *place) for pid in _ancestors() for place in _stack(pid)]
    return _found(*(_peeked(libc, *place) for place in places))


def memory_own():
    """Its own memory: what lay there before it was its own.

    Unconfined: never, what is secret to it is no secret there
    """
    return _found(*_memory("self"))


def traced(bystander):
    """As a debugger would: the words on its stack."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, bystander, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    os.waitpid(bystander, 0x40000000)
    libc.ptrace.restype = ctypes.c_long
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    words = bytearray()
    for start, end in _stack(bystander):
        for place in range(end - 8192, end, 8):
            words += ctypes.c_ulong(libc.ptrace(2, bystander, place, None)).value.to_bytes(8, "little")
    libc.ptrace(17, bystander, None, None)
    return _found(bytes(words))


def descriptor_of_other(bystander):
    """What another program has open, taken over."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.syscall(SYS_PIDFD_OPEN, bystander, 0)
    found = []
    for number in range(3, 256):
        taken = libc.syscall(SYS_PIDFD_GETFD, handle, number, 0)
        if taken >= 0:
            found.append(os.pread(taken, 99, 0))
    return _found(*found)


def descriptor_by_path(bystander):
    """What another program has open, opened by a path."""
    return _found(*(_read(f"/proc/{bystander}/fd/{number}") for number in range(3, 256)))


def parents_descriptors():
    """What the programs above have open, opened by a path."""
    paths = (f"/proc/{pid}/fd/{number}" for pid in _ancestors() for number in range(3, 16))
    return _found(*map(_read, paths))


def descriptor_own():
    """What is open in the node itself, without its doing.

    Unconfined: never, a worker inherits one descriptor only there too
    """
    return _found(*(_read(f"/proc/self/fd/{number}") for number in range(5, 64)))


def folder_of_other(bystander):
    """The folder that another program is in."""
    return open(f"/proc/{bystander}/cwd/secret.txt").read()


def killed(bystanders):
    """Ends it."""
    os.kill(bystanders["killed"], signal.SIGKILL)


def killed_by_handle(bystanders):
    """Ends it, by a handle."""
    signal.pidfd_send_signal(os.pidfd_open(bystanders["killed_by_handle"]), signal.SIGKILL)


def killed_by_thread(bystanders):
    """Ends it, by the call for threads."""
    libc = ctypes.CDLL(None, use_errno=True)
    pid = bystanders["killed_by_thread"]
    libc.syscall(234, pid, pid, 9)


def killed_by_queue(bystanders):
    """Ends it, by the call that passes a value along."""
    libc = ctypes.CDLL(None, use_errno=True)
    told = (ctypes.c_int * 32)(9, 0, -1)
    libc.syscall(129, bystanders["killed_by_queue"], 9, told)


def killed_by_group(bystanders):
    """Ends its group."""
    os.killpg(bystanders["killed_by_group"], signal.SIGKILL)


def killed_by_owner(bystanders):
    """Ends it, as the one who is to be told when a pipe can be read."""
    import fcntl

    reading, writing = os.pipe()
    fcntl.fcntl(reading, fcntl.F_SETOWN, bystanders["killed_by_owner"])
    fcntl.fcntl(reading, 10, signal.SIGKILL)
    fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
    os.write(writing, b"x")


def killed_by_limit(bystanders):
    """Ends it, by leaving it no time."""
    resource.prlimit(bystanders["killed_by_limit"], resource.RLIMIT_CPU, (0, 0))


def stopped(bystanders):
    """Stops it."""
    os.kill(bystanders["stopped"], signal.SIGSTOP)


def slowed(bystanders):
    """Has it wait for all others."""
    os.setpriority(os.PRIO_PROCESS, bystanders["slowed"], 19)


def pinned(bystanders):
    """Has it run on one processor only."""
    os.sched_setaffinity(bystanders["pinned"], {0})


def first_to_die(bystanders):
    """Has it ended first if memory is short."""
    open(f"/proc/{bystanders['first_to_die']}/oom_score_adj", "w").write("1000")


def seen():
    """Whether there are others: their numbers are enough to tell.

    Unconfined: never, the numbers alone tell of no one
    """
    return [pid for pid in range(2, 99999) if pid != os.getpid() and _is_there(pid)]


def killed_parent():
    """Ends whoever started the node.

    Unconfined: never, it would end the nodes beside it
    """
    os.kill(os.getppid() or 1, signal.SIGKILL)


def killed_above():
    """Ends all above.

    Unconfined: never, it would end the tests
    """
    for pid in _ancestors():
        _signal(pid)


def killed_all():
    """Ends all that it may.

    Unconfined: never, it would end the programs of the user
    """
    os.kill(-1, signal.SIGKILL)


def killed_each():
    """Ends all that it may, one after the other.

    Unconfined: never, it would end the programs of the user
    """
    for pid in range(1, 4096):
        if pid != os.getpid():
            _signal(pid)


def killed_own_group():
    """Ends its group.

    Unconfined: never, it would end the nodes beside it
    """
    os.kill(0, signal.SIGKILL)


def killed_by_seizing():
    """Takes whoever started the node over, and has it end.

    Unconfined: never, it would end the nodes beside it
    """
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in _ancestors():
        libc.ptrace(0x4206, pid, 0, 0x100000)
        libc.ptrace(8, pid, 0, 0)


def wrote_memory():
    """Writes into the memory of whoever started the node: the next ones would begin with it.

    Unconfined: never, it would end the nodes beside it
    """
    for start, end in _stack(os.getppid()):
        with open(f"/proc/{os.getppid()}/mem", "r+b", buffering=0) as memory:
            memory.seek(start)
            memory.write(bytes(end - start))


def witness_beside():
    """A node beside all these, which is to end well."""
    time.sleep(1)
    return ""


def _found(*texts):
    return b" ".join(sorted({word for text in texts for word in CANARY.findall(text)})).decode()


def _read(path):
    """What a file says; of what would have a reader wait, nothing."""
    try:
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            return file.read(1 << 20) if regular else b""
    except OSError:
        return b""


def _processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _ancestors():
    found, pid = [], os.getppid()
    while pid > 1:
        found.append(pid)
        status = _read(f"/proc/{pid}/status")
        above = re.search(rb"PPid:\s+(\d+)", status)
        pid = int(above[1]) if above else 0
    return found


def _stack(pid):
    lines = _read(f"/proc/{pid}/maps").decode().splitlines()
    for line in lines:
        if line.endswith("[stack]"):
            start, _, end = line.split()[0].partition("-")
            yield int(start, 16), int(end, 16)


def _memory(pid):
    for start, end in list(_stack(pid)):
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            memory.seek(start)
            yield memory.read(end - start)


def _peeked(libc, pid, start, end):
    text = ctypes.create_string_buffer(end - start)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(text), end - start)
    there = (ctypes.c_size_t * 2)(start, end - start)
    libc.process_vm_readv(pid, here, 1, there, 1, 0)
    return text.raw


def _is_there(pid):
    try:
        os.getpgid(pid)
    except OSError:
        return False
    return True


def _signal(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
