"""Has debugpy debug this process, over a socket that was handed in.

It takes no network and no other process, so a node is debugged with the rights that it runs with.
"""

import importlib
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

# It would say on stderr that a breakpoint in the standard library may be missed.
_QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
_OURS = os.path.dirname(__file__) + os.sep


def attach(connection: int, library: str | None) -> Callable[[], None]:
    """Wait until somebody has attached, has set breakpoints and says to go on.

    Args:
        connection: The descriptor of a socket at whose other end the Debug Adapter Protocol is
            spoken.
        library: The folder that debugpy is in; None if the interpreter has it.

    Returns:
        What ends the debugging.

    Raises:
        ImportError: There is no debugpy.
    """
    pydevd, itself = _imported(library)
    spoken = socket.socket(fileno=connection)
    # It would make a connection, which a confined process may not; it has one.
    pydevd.start_client = lambda _host, _port: spoken
    pydevd.settrace(
        host="handed in",
        port=0,
        suspend=False,
        wait_for_ready_to_run=False,
        patch_multiprocessing=False,
        notify_stdin=False,
        dont_trace_start_patterns=(_OURS, itself),
    )
    pydevd._wait_for_attach()  # noqa: SLF001 - what `debugpy.wait_for_client` does.
    stop: Callable[[], None] = pydevd.stoptrace
    return stop


def _imported(library: str | None) -> tuple[Any, str]:
    """What of debugpy speaks the protocol by itself, and the folder of debugpy."""
    os.environ.update(_QUIET)
    if library:
        sys.path.append(library)  # Behind all that the plan itself may import.
    try:
        debugpy = importlib.import_module("debugpy")
        importlib.import_module("debugpy._vendored.force_pydevd")
        pydevd = importlib.import_module("pydevd")
    finally:
        if library:
            sys.path.remove(library)
    return pydevd, os.path.dirname(str(debugpy.__file__)) + os.sep
