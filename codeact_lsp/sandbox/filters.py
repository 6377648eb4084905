"""Compiles the rules on system calls to the program that the kernel runs at each of them."""

import functools
import platform
import struct
import tempfile
from types import ModuleType

from codeact_lsp.sandbox.call_rules import Condition, Rule, Test
from codeact_lsp.sandbox.system_calls import NEWEST, rules

_MACHINES = {"x86_64": "X86_64", "aarch64": "AARCH64"}
_UNKNOWN = -1
_INSTRUCTION = struct.Struct("=HBBI")
_LOAD, _JUMP_IF_ABOVE, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x25, 0x35, 0x06
_NO_SUCH_CALL = 0x0005_0000 | 38
# On x86-64 numbers from here on are of another instruction set, which libseccomp's part refuses.
_X32 = 0x4000_0000


class NoFilterError(Exception):
    """System calls cannot be filtered; the message says what is missing and how to get it."""


@functools.cache
def system_call_filter(
    *,
    processes: bool,
    network: bool,
    mounts: bool = False,
    accounted: bool = False,
    private: bool = False,
) -> bytes:
    """The program for nodes with some rights, for `worker/confine/seccomp.py` to install.

    Args:
        processes: Whether a node may start processes.
        network: Whether it may use TCP and UDP.
        mounts: Whether all that it may not write is mounted read-only. If not, then a node that may
            not start processes cannot change modes, owners and times of files either, or give them
            other names.
        accounted: Whether a control group bounds what the kernel keeps for it. If not, then it has
            no memory, queues and semaphores that are known by numbers.
        private: Whether nobody else ever sees a file that it writes. If not, then it makes none
            that runs as its owner.

    Raises:
        NoFilterError: This machine cannot make one.
    """
    library = find_library()
    machine = platform.machine()
    if machine not in _MACHINES:
        raise NoFilterError(f"There are no rules yet for the system calls of a {machine} machine.")
    refused = rules(
        processes=processes, network=network, mounts=mounts, accounted=accounted, private=private
    )
    return compiled(library, list(refused), machine)


def compiled(library: ModuleType, refused: list[Rule], machine: str) -> bytes:
    """A program that refuses calls on a machine, which need not be of this machine's kind.

    Raises:
        NoFilterError: libseccomp does not know a call.
    """
    program = library.SyscallFilter(library.ALLOW)
    program.set_attr(library.Attr.ACT_BADARCH, library.KILL_PROCESS)
    architecture = getattr(library.Arch, _MACHINES[machine])
    if machine != platform.machine():
        program.add_arch(architecture)
        program.remove_arch(library.Arch.NATIVE)
    for rule in refused:
        number = library.resolve_syscall(library.Arch.NATIVE, rule.call)
        if number == _UNKNOWN:
            raise NoFilterError(
                f"The installed libseccomp does not know the system call {rule.call}. "
                "Update it to version 2.5.2 or newer."
            )
        tests = [_test(library, each) for each in (rule.when, rule.also) if each]
        program.add_rule(library.ERRNO(rule.error), number, *tests)
    with tempfile.TemporaryFile() as file:
        program.export_bpf(file)
        file.seek(0)
        return _nothing_newer(library.resolve_syscall(architecture, NEWEST)) + file.read()


def _test(library: ModuleType, condition: Condition) -> object:
    argument, value = condition.argument, condition.value
    match condition.test:
        case Test.IS:
            return library.Arg(argument, library.MASKED_EQ, condition.mask, value)
        case Test.IS_NOT:
            return library.Arg(argument, library.NE, value)
        case Test.IS_ABOVE:
            return library.Arg(argument, library.GT, value)


def _nothing_newer(newest: int) -> bytes:
    """What goes in front of a program so that calls with higher numbers do not exist.

    libseccomp has no rule for a range of calls.
    """
    return b"".join(
        _INSTRUCTION.pack(*instruction)
        for instruction in (
            (_LOAD, 0, 0, 0),
            (_JUMP_IF_ABOVE, 0, 2, newest),
            (_JUMP_IF_AT_LEAST, 1, 0, _X32),
            (_RETURN, 0, 0, _NO_SUCH_CALL),
        )
    )


def find_library() -> ModuleType:
    """What compiles; to find it takes a process, once.

    Raises:
        NoFilterError: It is not installed.
    """
    try:
        import pyseccomp  # noqa: PLC0415 - it looks for libseccomp, which takes a process.
    except (ImportError, OSError, RuntimeError) as error:
        raise NoFilterError(
            "System calls cannot be filtered without libseccomp. "
            "Install it: `apt-get install libseccomp2`, or `dnf install libseccomp`."
        ) from error
    return pyseccomp
