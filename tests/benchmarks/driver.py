"""A driver that does what its variant says; `test_drives` asks it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.peers.driving import Case, Measured, Settings, main, timed


def _works(settings: Settings) -> Iterator[Case]:
    os.write(1, b"what an engine prints is no answer\n")
    yield "one", lambda: Measured([settings["seconds"]], {"ran": 3, "stale": False})
    yield "two", lambda: Measured([timed(lambda: "4", "4") * 0])


def _fails(_settings: Settings) -> Iterator[Case]:
    yield "wrong", lambda: Measured([timed(lambda: 4, 5)])
    yield "broken", lambda: Measured([1 / 0])
    yield "right", lambda: Measured([1])


def _crashes(_settings: Settings) -> Iterator[Case]:
    yield "one", lambda: Measured([1])
    sys.exit("first\nout of memory")


def _hangs(settings: Settings) -> Iterator[Case]:
    yield "one", lambda: Measured([1])
    yield "child", lambda: Measured([_child(start_new_session=settings["apart"])])
    time.sleep(60)


def _leaves(_settings: Settings) -> Iterator[Case]:
    yield "child", lambda: Measured([_child(start_new_session=False)])


def _child(*, start_new_session: bool) -> int:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    return subprocess.Popen(command, start_new_session=start_new_session).pid


if __name__ == "__main__":
    if sys.argv[1] == "rubbish":
        os.write(1, b"ready!\n")
        sys.exit()
    main(
        {
            ("works", "it"): _works,
            ("fails", "it"): _fails,
            ("crashes", "it"): _crashes,
            ("hangs", "it"): _hangs,
            ("leaves", "it"): _leaves,
        }
    )
