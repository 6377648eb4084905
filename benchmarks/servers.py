"""The servers that are measured, each peer in an environment of its own."""

import sys
from dataclasses import dataclass
from pathlib import Path

import codeact_lsp
from benchmarks import environments

_PINS = Path(__file__).parent / "servers"


@dataclass(frozen=True)
class Server:
    """A language server.

    Attributes:
        package: The distribution that its version is asked of.
        command: What starts it, relative to its environment's `bin`.
        publishes: Whether it sends diagnostics at all.
        note: What a reader of its figures has to know.
    """

    name: str
    package: str
    command: tuple[str, ...]
    publishes: bool = True
    note: str = ""


@dataclass(frozen=True)
class Installed:
    """A server that can be started."""

    server: Server
    version: str
    command: tuple[str, ...]


OURS = Server("codeact", "codeact-lsp", ("python", "-m", "codeact_lsp", "serve"))
PEERS = (
    Server("ruff", "ruff", ("ruff", "server"), note="lints, in Rust; knows no symbols"),
    Server(
        "jedi",
        "jedi-language-server",
        ("jedi-language-server",),
        note="waits for a pause in typing before it looks for syntax errors",
    ),
    Server(
        "pylsp",
        "python-lsp-server",
        ("pylsp",),
        note="with pyflakes alone; waits for a pause in typing before it lints",
    ),
    Server(
        "hamilton",
        "sf-hamilton-lsp",
        ("python", "-m", "hamilton_lsp"),
        publishes=False,
        note="runs the module on each change; the last version that starts, on pygls 1",
    ),
)


def install(server: Server) -> Installed:
    """The server, ready to be started; makes its environment if the pins have changed.

    Raises:
        UnavailableError: It cannot be installed; says why.
    """
    if server is OURS:
        return Installed(server, codeact_lsp.__version__, (sys.executable, *server.command[1:]))
    environment = environments.make(server.name, _PINS / f"{server.name}.txt")
    program, *arguments = server.command
    return Installed(
        server,
        environments.version(environment, server.package),
        (str(environment / "bin" / program), *arguments),
    )
