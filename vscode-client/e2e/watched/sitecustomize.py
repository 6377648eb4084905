"""Loaded into each Python that VS Code starts: notes in a file what it connects to.

Its name is in CODEACT_CONNECTIONS. What a Python does with a socket is told to audit hooks.
"""

import os
import sys
from typing import Any

_INTERNET = {2, 10}  # The families of addresses, without the time that their module takes.
_WHO = "server" if sys.orig_argv[-1] == "serve" else "python"
_FILE = os.environ.get("CODEACT_CONNECTIONS")


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        socket, address = args
        if socket.family in _INTERNET and address:
            _note(f"connects {address[0]} {address[1]}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        _note(f"looks up {args[0]}")


def _note(what: str) -> None:
    file = os.open(str(_FILE), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(file, f"{_WHO} {what}\n".encode())
    os.close(file)


if _FILE:
    _note("watched")
    sys.addaudithook(_hear)
