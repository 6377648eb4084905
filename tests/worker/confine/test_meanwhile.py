"""What a copy of the process works out is there when it is asked for, or is not there at all."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.worker.confine.meanwhile import Meanwhile
from tests.worker.confine.confined import confined


def test_what_is_worked_out_is_as_large_as_it_may_be() -> None:
    looking = Meanwhile(lambda: {"pid": os.getpid(), "much": "x" * 1_000_000})
    found = looking.result()
    assert found["pid"] != os.getpid()
    assert len(found["much"]) == 1_000_000


NOTHING: dict[str, Callable[[], object]] = {
    "it raises": lambda: 1 / 0,
    "it ends": lambda: os._exit(3),
    "it cannot be told": lambda: lambda: None,
}


@pytest.mark.parametrize("how", NOTHING)
def test_what_comes_to_nothing_is_told_of(how: str) -> None:
    looking = Meanwhile(NOTHING[how])
    with pytest.raises(OSError, match="did not end well"):
        looking.result()


def test_without_room_for_a_process_nothing_stays_open() -> None:
    def work() -> object:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        before = len(list(Path("/proc/self/fd").iterdir()))
        try:
            Meanwhile(lambda: None)
        except OSError:
            return len(list(Path("/proc/self/fd").iterdir())) == before
        return "it began"

    assert confined(work, 65_534) is True
