"""Seccomp: which system calls this process may make."""

import ctypes
import os
import struct

from .kernel import call, only_thread, prctl

OWN_PROCESS = 0x7FFF_FFFE
"""Stands for the process that installs a program, where that compares with it: no process's id."""

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 22, 38
_MODE_FILTER = 2
_INSTRUCTION = struct.Struct("=HBBI")
_JUMP_IF_EQUAL = 0x15


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(program: bytes) -> None:
    """Have the kernel put every system call of this process, from now on, to a program.

    That holds for all that the process starts, and cannot be undone.

    Args:
        program: A BPF program, in which `OWN_PROCESS` stands for this process.

    Raises:
        OSError: The kernel does not take it, or the process has other threads.
    """
    only_thread()
    own = b"".join(map(_with_own_process, _INSTRUCTION.iter_unpack(program)))
    argument = _Program(len(own) // _INSTRUCTION.size, own)
    prctl(_PR_SET_NO_NEW_PRIVS, 1)
    call("prctl", _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(argument), 0, 0)


def _with_own_process(instruction: tuple[int, int, int, int]) -> bytes:
    code, if_true, if_false, value = instruction
    if code == _JUMP_IF_EQUAL and value == OWN_PROCESS:
        value = os.getpid()
    return _INSTRUCTION.pack(code, if_true, if_false, value)
