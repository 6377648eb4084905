"""Starts processes of its own; they bear its name after a plus sign."""

import ctypes
import multiprocessing
import os
import pty
import subprocess
import threading
import time

HOLD = 0.4
TRUE = "/bin/sleep"


def fork():
    """A copy of itself.

    Free: standard
    """
    _wait(_copy("fork"))


def fork_by_number():
    """By the number of the system call.

    Free: standard
    """
    libc = ctypes.CDLL(None, use_errno=True)
    pid = libc.syscall(57)
    _child("fork_by_number") if pid == 0 else _wait(pid)


def vfork_by_number():
    """By clone, with the flags of vfork but for the memory that is shared.

    Free: standard
    """
    libc = ctypes.CDLL(None, use_errno=True)
    pid = libc.syscall(56, 0x4000 | 17, 0, 0, 0, 0)
    _child("vfork_by_number") if pid == 0 else _wait(pid)


def clone_high_bits():
    """By clone, with bits that the kernel passes over.

    Free: standard
    """
    libc = ctypes.CDLL(None, use_errno=True)
    pid = libc.syscall(56, ctypes.c_uint64(0x1_0001_0000 << 16 | 17), 0, 0, 0, 0)
    _child("clone_high_bits") if pid == 0 else _wait(pid)


def clone3():
    """By the newer clone, whose flags no filter sees.

    Free: standard
    """
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
    pid = libc.syscall(435, arguments, 88)
    _child("clone3") if pid == 0 else _wait(pid)


def daemon():
    """One that turns away from all that could end it.

    Free: standard
    """
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        _child("daemon", 600)
    time.sleep(HOLD)


def exec_itself():
    """Another program in its own place.

    Free: standard
    """
    os.execv(TRUE, ["+exec_itself", str(HOLD)])


def exec_by_descriptor():
    """Another program in its own place, by a descriptor.

    Free: standard
    """
    program = os.open(TRUE, os.O_RDONLY)
    os.execve(program, ["+exec_by_descriptor", str(HOLD)], {})


def exec_at():
    """Another program in its own place, by a system call that is seldom used.

    Free: standard
    """
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (ctypes.c_char_p * 3)(b"+exec_at", str(HOLD).encode(), None)
    libc.syscall(322, -100, TRUE.encode(), arguments, None, 0)


def exec_from_memory():
    """A program that is in no file.

    Free: off
    """
    memory = os.memfd_create("program")
    os.write(memory, open(TRUE, "rb").read())
    pid = os.fork()
    if pid == 0:
        os.execve(f"/proc/self/fd/{memory}", ["+exec_from_memory", str(HOLD)], {})
    _wait(pid)


def exec_from_scratch():
    """A program that it brought along.

    Free: standard
    """
    import shutil
    import tempfile

    program = os.path.join(tempfile.mkdtemp(), "program")
    shutil.copyfile(TRUE, program)
    os.chmod(program, 0o700)
    subprocess.run(["+exec_from_scratch", str(HOLD)], executable=program)


def exec_loader():
    """A program, by the loader, which only reads it.

    Free: standard
    """
    loader = next(line.split()[-1] for line in open("/proc/self/maps") if "/ld-linux" in line)
    subprocess.run(["+exec_loader", TRUE, str(HOLD)], executable=loader)


def spawn():
    """As the system library does.

    Free: standard
    """
    _wait(os.posix_spawn(TRUE, ["+spawn", str(HOLD)], {}))


def run_program():
    """As everybody does.

    Free: standard
    """
    subprocess.run(["+run_program", str(HOLD)], executable=TRUE)


def run_shell():
    """By a shell.

    Free: standard
    """
    os.system(f"sh -c 'sleep {HOLD}; : +run_shell'")


def run_by_popen():
    """By a shell, with a pipe.

    Free: standard
    """
    os.popen(f"sh -c 'sleep {HOLD}; : +run_by_popen'").read()


def run_by_libc():
    """By the C library.

    Free: standard
    """
    ctypes.CDLL(None).system(f"sh -c 'sleep {HOLD}; : +run_by_libc'".encode())


def run_underneath():
    """By what subprocess is made of, which tells nobody.

    Free: standard
    """
    import _posixsubprocess

    reading, writing = os.pipe()
    arguments = [b"+run_underneath", str(HOLD).encode()], [TRUE.encode()], True, (writing,)
    streams = None, None, -1, -1, -1, -1, -1, -1, reading, writing
    _wait(
        _posixsubprocess.fork_exec(
            *arguments, *streams, False, False, -1, None, None, None, -1, None, False
        )
    )


def run_in_terminal():
    """In a terminal of its own.

    Free: standard
    """
    pty.spawn(["/bin/sh", "-c", f"sleep {HOLD}; : +run_in_terminal"])


def multiprocess():
    """As numeric code does.

    Free: standard
    """
    process = multiprocessing.get_context("fork").Process(target=_child, args=("multiprocess",))
    process.start()
    process.join()


def fork_in_thread():
    """From a thread.

    Free: standard
    """
    thread = threading.Thread(target=lambda: _wait(_copy("fork_in_thread")))
    thread.start()
    thread.join()


def asyncio_program():
    """By a loop.

    Free: standard
    """
    import asyncio

    async def run():
        command = f"sleep {HOLD}; : +asyncio_program"
        await (await asyncio.create_subprocess_exec("/bin/sh", "-c", command)).wait()

    asyncio.run(run())


def sibling():
    """One whose parent is that of the node, so that it outlives the node.

    Unconfined: never, nothing there would end it
    """
    libc = ctypes.CDLL(None, use_errno=True)
    pid = libc.syscall(56, 0x8000 | 17, 0, 0, 0, 0)
    if pid == 0:
        _child("sibling", 600)
    time.sleep(HOLD)


def _copy(name):
    return os.fork() or _child(name)


def _child(name, seconds=HOLD):
    ctypes.CDLL(None).prctl(15, f"+{name}".encode())
    time.sleep(seconds)
    os._exit(0)


def _wait(pid):
    if pid > 0:
        os.waitpid(pid, 0)
