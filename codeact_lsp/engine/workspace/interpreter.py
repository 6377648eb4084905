"""Which Python runs a workspace's plans, and what identifies it."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from codeact_lsp.sandbox.launch import ask
from codeact_lsp.sandbox.runtime import is_named_in, straight

_BINARY = Path("Scripts/python.exe") if sys.platform == "win32" else Path("bin/python")

_OLDEST = (3, 11)
# It works in all versions. What a worker needs and some builds lack is imported after the version.
_QUESTION = """
import sys
print("Python " + ".".join(map(str, sys.version_info[:3])))
sys.stdout.flush()
import ctypes, json, pickle, socket
"""
_NAME = "import sys; print(sys.executable)"
_ANSWER = re.compile(r"Python (\d{1,3})\.(\d{1,3})\.\d{1,3}\s*")
_PATIENCE_SECONDS = 10.0
# `site-packages`, and what Debian makes of it.
_PACKAGES = "lib*/python3*/*-packages"


class NoInterpreterError(FileNotFoundError):
    """The Python that the user chose does not exist."""


@dataclass(frozen=True)
class Interpreter:
    """A Python, and why it was chosen.

    Attributes:
        path: The program.
        why: Why it was chosen, in words.
        of_workspace: Whether it lies in the workspace, so that starting it may be to run what came
            with a plan.
    """

    path: Path
    why: str
    of_workspace: bool = False

    @property
    def identity(self) -> str:
        """A digest that changes with the interpreter and with what is installed for it.

        Installing, upgrading or removing a package touches a `site-packages` folder, so nothing
        has to be run to notice it.
        """
        prefixes = {self.path.parent.parent, self.path.resolve().parent.parent}
        folders = {folder for prefix in prefixes for folder in prefix.glob(_PACKAGES)}
        seen = [self.path, self.path.resolve(), *sorted(folders)]
        text = "\n".join(f"{path} {_modified(path)}" for path in seen)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def find_interpreter(workspace: Path, setting: str | None = None) -> Interpreter:
    """The interpreter of a workspace: the setting, the active environment, `.venv`, or our own.

    Args:
        workspace: The workspace's folder.
        setting: The user's choice, if one was made. A relative path is taken from the workspace,
            and is as much its choice.

    Raises:
        NoInterpreterError: The user's choice does not exist.
    """
    named = _found(workspace, setting)
    found = replace(named, path=straight(named.path))
    if is_of(workspace, named.path) or (setting and is_relative(setting)):
        return replace(found, of_workspace=True)
    if (started := _started_by(found.path)) != found.path:
        return Interpreter(started, f"{found.why}, as {found.path}")
    return found


def is_of(workspace: Path, path: Path) -> bool:
    """Whether a Python lies in a workspace, or is what something in there leads to.

    A `.venv` that is a link came with the plan too, wherever it leads: the other end of it may be
    another folder of the same repository.
    """
    if path.parent.parent.resolve() == Path(sys.prefix).resolve():
        return False  # We run from there ourselves.
    root = workspace.resolve()
    places = (path, path.parent, path.parent.parent)
    if any(place.resolve().is_relative_to(root) for place in places):
        return True
    return is_named_in(root, path)


def is_relative(setting: str) -> bool:
    """Whether what it names depends on the workspace, so that it may be the workspace's choice.

    An editor does not say which of its settings came with the workspace.
    """
    path = Path(setting).expanduser()
    return not path.is_absolute() and path.name != setting


def _found(workspace: Path, setting: str | None) -> Interpreter:
    if setting:
        return Interpreter(_chosen(workspace, setting), "set by the user")
    active = os.environ.get("VIRTUAL_ENV")
    if active and (path := Path(active) / _BINARY).is_file():
        return Interpreter(path, "the active virtual environment")
    if (path := workspace.absolute() / ".venv" / _BINARY).is_file():
        return Interpreter(path, "the workspace's .venv")
    return Interpreter(Path(sys.executable), "the server's own")


def _started_by(path: Path) -> Path:
    """The Python that a script starts, such as pyenv's and conda's: it is asked; else the path.

    What confines a worker shows it one Python, and not what a script goes by to find it.
    """
    if not _is_script(path):
        return path
    try:
        said = ask(path, _NAME, _PATIENCE_SECONDS).stdout.strip()
    except (OSError, TimeoutError):
        return path  # Whoever uses it is told.
    return Path(said) if Path(said).is_absolute() and Path(said).is_file() else path


def _is_script(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False


def fault_of(path: Path, container: Sequence[str] = ()) -> str | None:
    """Why a Python cannot run plans, in words; None if it can. It is started to find out.

    Args:
        path: The Python.
        container: What is put in front of its command; without it, it has the user's rights.
    """
    try:
        asked = ask(path, _QUESTION, _PATIENCE_SECONDS, container)
    except TimeoutError:
        return f"{path} does not answer"
    except OSError as error:
        return f"{path} does not start: {error.strerror}"
    version = _ANSWER.fullmatch(asked.stdout)
    if version and (int(version[1]), int(version[2])) < _OLDEST:
        return f"{path} is {asked.stdout.strip()}, and plans need Python 3.11 or newer"
    if asked.returncode == 0 and version:
        return None
    last = asked.stderr.strip().rpartition("\n")[2][:200] or f"exit status {asked.returncode}"
    return f"{path} is no Python that works: {last}"


def _chosen(workspace: Path, setting: str) -> Path:
    """A path, which may be relative to the workspace, or the name of a command."""
    path = workspace.absolute() / Path(setting).expanduser()
    if path.is_file():
        return path
    if Path(setting).name == setting and (found := shutil.which(setting)):
        return Path(found)
    raise NoInterpreterError(f"There is no interpreter {setting}: neither a file nor a command.")


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
