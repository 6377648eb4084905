"""Cheap nodes in a row, one after the other in one process: each as if it were alone.

The server sends only nodes here whose code can reach nothing of the process. Here it is seen to
that they really took plain data and did nothing but return. The first one that did otherwise is not
told of, and ends the chain: it and what follows run in processes of their own.
"""

import functools
import io
import json
import os
import pickle
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

_OUTPUT = 1
_SEEN = ("reads", "looks", "variables", "effects")

Link = dict[str, Any]
Outcome = dict[str, Any]


def run(links: Sequence[Link], call: Callable[[Link], Outcome], telling: int) -> NoReturn:
    """Call the links; write what came of each, one a line, and exit.

    Args:
        links: Their requests.
        call: Makes the outcome of a request.
        telling: The descriptor to write to.
    """
    path = list(sys.path)
    for link in links:
        sys.path[:] = path
        usage, outcome = _measured(functools.partial(call, link))
        if not _did_nothing_else(outcome):
            break
        data = json.dumps({**outcome, "usage": usage}).encode("utf-8", "replace") + b"\n"
        while data:
            data = data[os.write(telling, data) :]
    os._exit(0)


def load_plain(data: Any, *, buffers: Any) -> Any:
    """Load a pickle that holds plain data only, which runs nobody's code.

    Raises:
        pickle.UnpicklingError: It holds something else.
    """
    return _Plain(io.BytesIO(data), buffers=buffers).load()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def _measured(call: Callable[[], Outcome]) -> tuple[list[float], Outcome]:
    """Seconds, seconds of processor time and the peak of memory in bytes; and what came of it."""
    wall, cpu = time.perf_counter(), time.process_time()
    outcome = call()
    took = [time.perf_counter() - wall, time.process_time() - cpu]
    return [*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024], outcome


def _did_nothing_else(outcome: Outcome) -> bool:
    """Whether it returned, and was neither seen nor heard otherwise."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    wrote = os.fstat(_OUTPUT).st_size  # Both streams go to one file.
    return outcome["ok"] and not wrote and not any(outcome[seen] for seen in _SEEN)
