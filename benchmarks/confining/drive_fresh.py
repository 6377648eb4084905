"""A process for each call that is no copy of another one: an interpreter, alone or contained."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from benchmarks.peers.driving import Case, Measured, Settings, main, timed

# As one would write it by hand; ours shows less of the machine than that.
_CONTAINER = (
    *("bwrap", "--unshare-all", "--die-with-parent", "--new-session"),
    *("--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108 - its own.
)


def _fresh(prefix: Sequence[str], settings: Settings) -> Iterator[Case]:
    """From starting it to its end, with the libraries imported."""
    imports = "; ".join(f"import {library}" for library in settings["libraries"])
    command = [*prefix, sys.executable, "-c", imports]
    start = partial(subprocess.run, command, check=True, stdin=subprocess.DEVNULL)
    # Once before it counts: the files are in memory then, as they are for all others.
    yield "warm", lambda: Measured([timed(start)])
    yield "libraries", lambda: Measured([timed(start) for _ in range(settings["starts"])])


if __name__ == "__main__":
    main(
        {
            ("python", "isolated"): partial(_fresh, ()),
            ("bwrap", "isolated"): partial(_fresh, _CONTAINER),
        }
    )
