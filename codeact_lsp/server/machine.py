"""Find out while the server starts what this machine has to confine nodes with.

A first run would wait for it, and most of it is to wait for programs of the system's. Nothing of a
workspace's is looked at or started.
"""

import sys
import threading
from contextlib import suppress
from pathlib import Path

from codeact_lsp.sandbox.confinement import look_ahead
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import WithholdError, mechanisms


def begin() -> threading.Thread:
    """Look in a thread, which nobody need wait for."""
    thread = threading.Thread(target=_look, name="codeact-machine", daemon=True)
    thread.start()
    return thread


def _look() -> None:
    """As a run at the default level does; what that keeps is found again by any other."""
    with suppress(WithholdError):  # It is told where it is of effect.
        look_ahead([preset(Level.STRICT)], Path(sys.executable), mechanisms())
