"""Work on a value that may not end, or take all memory: done in a process that can be killed."""

import contextlib
import faulthandler
import json
import os
import resource
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

_SECONDS = 2.0
_SECONDS_TO_STOP = 0.1
_SECONDS_TO_RAISE = 0.5
_MEMORY = 512_000_000
_TO_TELL = 256_000_000
_MOST_BYTES = 2_000_000
_PIECE = 65_536


def aside(
    work: Callable[[], Any],
    closed: Sequence[int] = (),
    seconds: float = _SECONDS,
    parting: Callable[[], None] | None = None,
) -> Any:
    """What `work` returns, by way of JSON; None if it raises, or not within the limits.

    Where there can be no other process it is done in this one, under an alarm. That does not end
    what never comes back from a library's own code; then this process has to end.

    Args:
        work: What to do.
        closed: Descriptors that it must not have.
        seconds: How long it may take.
        parting: What this process has to say before it takes the risk; without it, it does not end.
    """
    try:
        return _in_a_process(work, closed, seconds)
    except OSError:
        if parting is None:
            return _under_an_alarm(work, seconds)
    parting()
    with _last_resort(seconds + _SECONDS_TO_RAISE):
        return _under_an_alarm(work, seconds)


def _in_a_process(work: Callable[[], Any], closed: Sequence[int], seconds: float) -> Any:
    with contextlib.suppress(Exception):  # The plan may have replaced it.
        sys.stdout.flush()
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0):
        with os.fdopen(writing, "wb", buffering=0), warnings.catch_warnings():
            # Of threads that are missing in it: if it waits for one, its time is up sometime.
            warnings.simplefilter("ignore")
            pid = os.fork()
            if pid == 0:
                _do(work, writing, closed)
        try:
            data = _read(reading, time.monotonic() + seconds)
        finally:
            _end(pid)
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _under_an_alarm(work: Callable[[], Any], seconds: float) -> Any:
    signal.signal(signal.SIGALRM, _late)
    # Again and again: who shows one part goes on with the next when it is told to stop.
    signal.setitimer(signal.ITIMER_REAL, seconds, _SECONDS_TO_STOP)
    try:
        return work()
    except BaseException:  # It costs as little as in a process of its own.
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _last_resort(seconds: float) -> Iterator[None]:
    """Have this process end with status 1 if it is still in here after some seconds."""
    with contextlib.ExitStack() as kept:
        # Whoever may open nothing more goes without: the time limit of the node ends it then.
        with contextlib.suppress(OSError):
            nowhere = kept.enter_context(open(os.devnull, "wb"))
            # Its thread is none of Python's, so that it needs nobody to let it run.
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            kept.callback(faulthandler.cancel_dump_traceback_later)
        yield


def _late(*_: Any) -> NoReturn:
    raise TimeoutError


def limit_memory(budget: int) -> None:
    """Let this process map at most `budget` bytes more than it has mapped now (Linux)."""
    if sys.platform != "linux":
        return
    try:
        with open("/proc/self/statm", "rb") as file:
            mapped = int(file.read().split()[0]) * resource.getpagesize()
    except PermissionError:  # A process that a confined node started sees less, and is limited.
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = [mapped + budget, mapped + budget + _TO_TELL]
    if most != resource.RLIM_INFINITY:
        wanted = [min(limit, most) for limit in wanted]
    resource.setrlimit(resource.RLIMIT_AS, (wanted[0], wanted[1]))


def lift_memory_limit() -> None:
    """Let this process map what it takes to tell that it had too little."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _do(work: Callable[[], Any], writing: int, closed: Sequence[int]) -> None:
    try:
        faulthandler.disable()  # It would write where the outcome goes.
        for descriptor in closed:
            os.close(descriptor)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR2):
            signal.signal(number, signal.SIG_DFL)
        limit_memory(_MEMORY)
        data = json.dumps(work()).encode("utf-8", "replace")
        while data:
            data = data[os.write(writing, data) :]
    finally:
        os._exit(0)


def _read(descriptor: int, deadline: float) -> bytes:
    """All that comes, until the end or the deadline."""
    data = b""
    while len(data) <= _MOST_BYTES:
        ready, _, _ = select.select([descriptor], [], [], max(deadline - time.monotonic(), 0))
        piece = os.read(descriptor, _PIECE) if ready else b""
        if not piece:
            break
        data += piece
    return data


def _end(pid: int) -> None:
    with contextlib.suppress(OSError):  # The plan may wait for children of its own accord.
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
