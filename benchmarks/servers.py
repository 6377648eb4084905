"""The servers that are measured, each peer in an environment of its own."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import codeact_lsp

_HERE = Path(__file__).parent
_PATIENCE_SECONDS = 600


class UnavailableError(Exception):
    """The server cannot be installed here."""


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
    environment = _HERE / ".environments" / server.name
    _make(environment, _HERE / "servers" / f"{server.name}.txt")
    program, *arguments = server.command
    return Installed(
        server,
        _version(environment, server.package),
        (str(environment / "bin" / program), *arguments),
    )


def _make(environment: Path, pins: Path) -> None:
    if not pins.exists():
        raise UnavailableError(f"not installed: there is no {pins.name} that names its packages")
    stamp = environment / ".complete"
    wanted = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()
    # Written last: an environment without it was interrupted.
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    _run(sys.executable, "-m", "venv", "--clear", str(environment))
    pip = (str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet")
    _run(*pip, "--require-hashes", "-r", str(pins))
    stamp.write_text(wanted, encoding="utf-8")


def _version(environment: Path, package: str) -> str:
    script = f"import importlib.metadata as m; print(m.version({package!r}))"
    return _run(str(environment / "bin" / "python"), "-c", script).strip()


def _run(*command: str) -> str:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=True,
            encoding="utf-8",
            env=environment,
            timeout=_PATIENCE_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines()
        # pip's own errors first: what it says last is advice.
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
        raise UnavailableError(f"not installed: {' '.join(errors)}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"not installed: {error}") from error
    return done.stdout
