"""Start the server on a transport."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn

from codeact_lsp.server import memory, transport
from codeact_lsp.server.server import create_server


def serve_stdio() -> NoReturn:
    """Serve one client over standard input and output, and end the process.

    Standard output is the protocol's: whatever else would print there goes to standard error, since
    one stray line ends an editor's session.
    """
    incoming, outgoing = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    # An interrupt ends the process at once; its workers notice that it is gone.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _serve(_over_stdio(incoming, outgoing))


def serve_tcp(port: int) -> NoReturn:
    """Serve one client over TCP on loopback, and end the process."""
    _serve(_over_tcp(port))


async def _over_stdio(incoming: int, outgoing: int) -> int:
    reader = transport.read_descriptor(incoming)
    return await transport.serve(create_server(), reader, transport.DescriptorWriter(outgoing))


async def _over_tcp(port: int) -> int:
    try:
        streams = await transport.accept(port)
    except OSError as error:
        sys.exit(f"codeact: cannot serve on port {port}: {error.strerror}")
    return await transport.serve(create_server(), *streams)


def _serve(session: Coroutine[Any, Any, int]) -> NoReturn:
    # Editors show every line of standard error as an error, so only those go there.
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    # It logs what a client did wrong, which the client is told, and what we log ourselves.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)

    memory.collect_in_small()

    async def to_the_end() -> None:
        status = await session
        sys.stderr.flush()
        # Any other way to end waits for all threads, and one may wait for a disk or for input.
        os._exit(status)

    asyncio.run(to_the_end())
    raise AssertionError("the process has ended")
