"""An environment of its own for each peer, from hash-pinned files."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

_ENVIRONMENTS = Path(__file__).parent / ".environments"
_PATIENCE_SECONDS = 600


class UnavailableError(Exception):
    """The peer cannot be installed here."""


def make(name: str, pins: Path) -> Path:
    """The folder of the environment of that name; made anew if its pins have changed.

    Raises:
        UnavailableError: It cannot be made; says why.
    """
    environment = _ENVIRONMENTS / name
    if not pins.exists():
        raise UnavailableError(f"not installed: there is no {pins.name} that names its packages")
    stamp = environment / ".complete"
    wanted = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()
    # Written last: an environment without it was interrupted.
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return environment
    call(sys.executable, "-m", "venv", "--clear", str(environment))
    pip = (str(python(environment)), "-m", "pip", "install", "--quiet")
    call(*pip, "--require-hashes", "-r", str(pins))
    stamp.write_text(wanted, encoding="utf-8")
    return environment


def python(environment: Path) -> Path:
    """The interpreter of an environment."""
    return environment / "bin" / "python"


def version(environment: Path, package: str) -> str:
    """The version of a package that is installed in an environment.

    Raises:
        UnavailableError: It is not installed.
    """
    script = f"import importlib.metadata as m; print(m.version({package!r}))"
    return call(str(python(environment)), "-c", script).strip()


def call(*command: str) -> str:
    """What a command writes.

    Raises:
        UnavailableError: It fails, cannot be started, or does not end.
    """
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
