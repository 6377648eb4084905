"""Start the server on a transport."""

import logging
import os
import signal
import sys

from codeact_lsp.server.server import create_server


def serve_stdio() -> int:
    """Serve one client over standard input and output; return the exit status.

    Standard output is the protocol's: whatever else would print there goes to standard error, since
    one stray line ends an editor's session.
    """
    protocol_in = os.fdopen(os.dup(0), "rb")
    protocol_out = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    # A reader that waits for input cannot be interrupted, so an interrupt ends the process at once;
    # its workers notice that it is gone.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _quiet()
    server = create_server()
    server.start_io(protocol_in, protocol_out)
    return server.exit_status


def serve_tcp(port: int) -> int:
    """Serve one client over TCP on loopback; return the exit status."""
    _quiet()
    server = create_server()
    where = f"127.0.0.1:{port}" if port else "a free port of 127.0.0.1"
    print(f"codeact: serving on {where}", file=sys.stderr)  # noqa: T201 - for people.
    server.start_tcp("127.0.0.1", port)
    return server.exit_status


def _quiet() -> None:
    """Editors show every line of standard error as an error, so only those go there."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    # It logs what a client did wrong, which the client is told, and what we log ourselves.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
