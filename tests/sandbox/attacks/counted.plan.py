"""Takes what all programs of a user, or of the machine, have one number of: others go without.

What it has taken is seen from outside, by a process whose name says whose it is.
"""

import array
import ctypes
import fcntl
import mmap
import os
import signal
import socket
import struct
import tempfile
import threading
import time

HOLD = 0.4
MANY = 2_000
_libc = ctypes.CDLL(None, use_errno=True)


def on_their_way():
    """Descriptors that are sent and never received."""
    _sent_and_kept("on_their_way", lambda: _sent(socket.SOCK_STREAM))


def packets_on_way():
    """The same, by sockets that keep messages apart."""
    _sent_and_kept("packets_on_way", lambda: _sent(socket.SOCK_SEQPACKET))


def sockets_on_way():
    """Sockets that are sent through themselves: nobody has them any more, and the kernel does."""
    _sent_and_kept("sockets_on_way", _sent_through_themselves)


def on_way_in_thread():
    """The same, by a thread."""

    def made():
        held = []
        thread = threading.Thread(target=lambda: held.append(_sent(socket.SOCK_STREAM)))
        thread.start()
        thread.join()
        return held

    _sent_and_kept("on_way_in_thread", made)


def on_way_by_number():
    """The same, by the number of the call, many messages at once."""
    _sent_and_kept("on_way_by_number", _sent_by_number)


def terminal():
    """A terminal, of which a machine has some thousand."""
    _hold("terminal", os.openpty)


def terminal_opened():
    """The same, by its name."""
    _hold("terminal_opened", lambda: [os.open("/dev/ptmx", os.O_RDWR) for _ in range(9)])


def old_watcher():
    """A watcher of files, by the older call."""
    _hold("old_watcher", lambda: _done(_libc.syscall(253)))


def kernel_events():
    """Places for input and output that the kernel does by itself: 65,536 for all."""

    def made():
        context = ctypes.c_ulong()
        _done(_libc.syscall(206, 60_000, ctypes.byref(context)))
        return context

    _hold("kernel_events", made)


def lease():
    """A file that others have to wait for until it is let go."""

    def made():
        file = tempfile.NamedTemporaryFile()
        handle = os.open(file.name, os.O_RDONLY)
        file.close()
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        return [handle, file]

    _hold("lease", made)


def queues():
    """Queues of messages, as many as a user may have."""

    def made():
        shape = struct.pack("8q", 0, 10, 8192, 0, 0, 0, 0, 0)
        return [
            _done(_libc.mq_open(b"/attack-queue-%d" % number, os.O_CREAT | os.O_RDWR, 0o600, shape))
            for number in range(5)
        ]

    try:
        _hold("queues", made)
    finally:
        for number in range(5):
            _libc.mq_unlink(b"/attack-queue-%d" % number)


def huge_pages():
    """Memory out of what the machine keeps for others.

    Unconfined: never, machines keep none as a rule
    """
    _hold("huge_pages", lambda: mmap.mmap(-1, 1 << 21, 0x22 | 0x40000))


def locked():
    """Memory that nothing is swapped out of, more than users may have.

    Unconfined: root
    """

    def made():
        memory = mmap.mmap(-1, 64 << 20)
        place = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        _done(_libc.mlock(ctypes.c_void_p(place), ctypes.c_size_t(64 << 20)))
        return [memory]

    _hold("locked", made)


def locked_all():
    """All memory, now and later.

    Unconfined: root
    """

    def made():
        _done(_libc.mlockall(3))
        return [bytearray(64 << 20)]

    _hold("locked_all", made)


def timers():
    """Timers, as many as a user may have."""

    def made():
        timer = ctypes.c_void_p()
        return [_done(_libc.syscall(222, 1, None, ctypes.byref(timer))) + 1 for _ in range(MANY)]

    _hold("timers", made)


def queued_signals():
    """Signals that wait, as many as a user may have."""

    def made():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGRTMIN + 3})
        told = (ctypes.c_int * 32)(signal.SIGRTMIN + 3, 0, -1)
        own = os.getpid()
        return [
            _done(_libc.syscall(129, own, signal.SIGRTMIN + 3, told)) + 1 for _ in range(MANY)
        ]

    _hold("queued_signals", made)


def _sent(kind):
    """Sockets with descriptors in them."""
    numbers = array.array("i", [os.open(os.devnull, os.O_RDONLY)] * 200)
    held = []
    for _ in range(20):
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        held += [one, other]
        one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, numbers)])
    return held


def _sent_through_themselves():
    held = [socket.socketpair() for _ in range(20)]
    for one, other in held:
        numbers = array.array("i", [one.fileno(), other.fileno()] * 50)
        one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, numbers)])
    return held


def _sent_by_number():
    one, other = socket.socketpair()
    control = struct.pack("QiiiI", 20, 1, 1, os.open(os.devnull, os.O_RDONLY), 0)
    text, kept = ctypes.create_string_buffer(b"x"), ctypes.create_string_buffer(control)
    part = (ctypes.c_size_t * 2)(ctypes.addressof(text), 1)
    places = (0, 0, ctypes.addressof(part), 1, ctypes.addressof(kept), len(control), 0, 0)
    message = (ctypes.c_size_t * 8)(*places)
    _done(_libc.syscall(307, one.fileno(), message, 1, 0))
    return [one, other, part, text, kept]


def _sent_and_kept(name, make):
    """Say whose it is once it is sent: the sockets alone are nothing that others go without."""
    held = make()
    _libc.prctl(15, f"={name}".encode())
    time.sleep(HOLD)
    return bool(held)


def _done(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _hold(name, make):
    """Keep something until it has been seen, by a process whose name says whose it is."""
    _libc.prctl(15, f"={name}".encode())
    time.sleep(HOLD)
    held = make()
    time.sleep(HOLD)
    return bool(held)
