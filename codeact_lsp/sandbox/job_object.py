"""Windows: a job object that bounds a process and all that it starts, and a token with few rights.

Not yet proven: no node has run in one, and nothing applies it so far. What it cannot hold: reading,
and the network. Sizes and numbers are those of `winnt.h` on 64 bits.
"""

import ctypes
import sys
from collections.abc import Mapping
from pathlib import Path

from codeact_lsp.sandbox.levels import Limits

_TIME_OF_PROCESS = 0x0002
_PROCESSES = 0x0008
_MEMORY_OF_PROCESS = 0x0100
_MEMORY_OF_JOB = 0x0200
_DIE_WITHOUT_A_WORD = 0x0400
_KILL_ON_CLOSE = 0x2000
_TICKS_A_SECOND = 10_000_000

NO_INTERFACE = 0xFF
"""No clipboard, no handles of others' windows, no desktops, no settings, no shutdown."""


class BasicLimits(ctypes.Structure):
    """`JOBOBJECT_BASIC_LIMIT_INFORMATION`."""

    _fields_ = (
        ("per_process_user_time_limit", ctypes.c_int64),
        ("per_job_user_time_limit", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """`JOBOBJECT_EXTENDED_LIMIT_INFORMATION`."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    )


def limits_of(limits: Limits) -> ExtendedLimits:
    """A policy's limits as the system takes them; whatever is in the job ends with its handle."""
    told = ExtendedLimits()
    flags = _KILL_ON_CLOSE | _DIE_WITHOUT_A_WORD | _PROCESSES
    told.basic.active_process_limit = limits.processes
    if limits.memory is not None:
        flags |= _MEMORY_OF_PROCESS | _MEMORY_OF_JOB
        told.process_memory_limit = limits.memory
        told.job_memory_limit = limits.together or limits.memory
    if limits.cpu is not None:
        flags |= _TIME_OF_PROCESS
        told.basic.per_process_user_time_limit = round(limits.cpu * _TICKS_A_SECOND)
    told.basic.limit_flags = flags
    return told


def environment_block(variables: Mapping[str, str]) -> str:
    """Variables as a process is given them: sorted, each ended by a zero, and one more at the end.

    Raises:
        ValueError: A name or a value would end early, and what is behind it be another variable.
    """
    for name, value in variables.items():
        if not name or "=" in name or "\0" in name + value:
            raise ValueError(f"{name!r} cannot be a variable with the value {value!r:.60}")
    ordered = sorted(variables.items(), key=lambda item: item[0].upper())
    return "".join(f"{name}={value}\0" for name, value in ordered) + "\0"


if sys.platform == "win32":
    import subprocess
    from collections.abc import Sequence

    _LIMITS = 9
    _INTERFACE = 4
    _LOW_INTEGRITY = "S-1-16-4096"
    _IS_INTEGRITY = 0x20
    _INTEGRITY_LEVEL = 25
    _DISABLE_PRIVILEGES = 0x1
    _DUPLICATE_ASSIGN_QUERY_ADJUST = 0x2 | 0x1 | 0x8 | 0x80
    _SUSPENDED_UNICODE_NO_WINDOW = 0x4 | 0x400 | 0x0800_0000
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _rights = ctypes.WinDLL("advapi32", use_last_error=True)

    class _Label(ctypes.Structure):
        _fields_ = (("sid", ctypes.c_void_p), ("attributes", ctypes.c_uint32))

    class _Process(ctypes.Structure):
        _fields_ = (
            ("process", ctypes.c_void_p),
            ("thread", ctypes.c_void_p),
            ("process_id", ctypes.c_uint32),
            ("thread_id", ctypes.c_uint32),
        )

    def start(
        command: Sequence[str], folder: Path, variables: Mapping[str, str], limits: Limits
    ) -> tuple[int, int]:
        """Start a command in a job of its own; returns the handles of the job and of the process.

        Raises:
            OSError: It cannot be started, or not be bounded.
        """
        job = _made(limits)
        started, information = _Process(), (ctypes.c_ubyte * 104)()
        information[0] = len(information)
        _check(
            _rights.CreateProcessAsUserW(
                ctypes.c_void_p(_token()),
                None,
                ctypes.create_unicode_buffer(subprocess.list2cmdline(command)),
                None,
                None,
                0,
                _SUSPENDED_UNICODE_NO_WINDOW,
                ctypes.create_unicode_buffer(environment_block(variables)),
                str(folder),
                information,
                ctypes.byref(started),
            )
        )
        try:  # It runs nothing before it is in the job.
            assign = _kernel.AssignProcessToJobObject
            _check(assign(ctypes.c_void_p(job), ctypes.c_void_p(started.process)))
            _check(_kernel.ResumeThread(ctypes.c_void_p(started.thread)) != -1)
        except OSError:
            _kernel.TerminateProcess(ctypes.c_void_p(started.process), 1)
            raise
        return job, started.process

    def _made(limits: Limits) -> int:
        _kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = _kernel.CreateJobObjectW(None, None)
        _check(job)
        interface = ctypes.c_uint32(NO_INTERFACE)
        for kind, told in ((_LIMITS, limits_of(limits)), (_INTERFACE, interface)):
            size = ctypes.sizeof(told)
            set_to = _kernel.SetInformationJobObject
            _check(set_to(ctypes.c_void_p(job), kind, ctypes.byref(told), size))
        return int(job)

    def _token() -> int:
        """The user's token without privileges, at low integrity: it writes next to nothing."""
        own, few, sid = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
        this = ctypes.c_void_p(-1)
        wanted = _DUPLICATE_ASSIGN_QUERY_ADJUST
        _check(_rights.OpenProcessToken(this, wanted, ctypes.byref(own)))
        restrict = _rights.CreateRestrictedToken
        nothing = (0, None, 0, None, 0, None)
        _check(restrict(own, _DISABLE_PRIVILEGES, *nothing, ctypes.byref(few)))
        _check(_rights.ConvertStringSidToSidW(_LOW_INTEGRITY, ctypes.byref(sid)))
        label = _Label(sid, _IS_INTEGRITY)
        size = ctypes.sizeof(label)
        _check(_rights.SetTokenInformation(few, _INTEGRITY_LEVEL, ctypes.byref(label), size))
        return int(few.value or 0)

    def _check(done: object) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
