"""Which paths are never opened to a node: what later runs, steers programs, or holds all.

A node that may write where code is taken from has the rights of whoever runs that code later. The
list cannot be complete; it is what people would be surprised by.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from codeact_lsp.sandbox.needs import NeverGrantedError, home
from codeact_lsp.sandbox.protected_names import INSIDE, PACKAGES, SECRET, is_run

_KERNEL = ("/proc", "/sys", "/dev")
_SECRETS = ("/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers")
_SYSTEM = (
    *_KERNEL,
    *("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr", "/etc", "/boot", "/opt"),
    *("/var", "/run", "/nix", "/gnu", "/snap", "/System", "/Library", "/Applications", "/private"),
)
_SYSTEM_OF_WINDOWS = ("SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA")
_SHARED = ("/tmp", "/var/tmp", "/private/tmp", "/private/var/tmp")  # noqa: S108 - only compared.
# By what git itself knows a folder of its own, whatever it is called.
_OF_HISTORY = ("HEAD", "objects", "refs")
# How scripts begin, and what a linker makes.
_PROGRAMS = (b"#!", b"\x7fE")
_MOST_ENTRIES = 20_000
_LONGEST_PATH = 4096  # What is behind a longer one nobody can look at by it.
_BY_ANYBODY = stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH
_OTHER_NAME = "it is a hard link: another file, which may be run later, would change with it"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a plan; paths are absolute, without links.

    Attributes:
        plan: The plan's file.
        inputs: The file of its inputs.
        workspace: The workspace's folder.
        private: Folders of ours: grants, keys, results, the user's configuration.
    """

    plan: Path
    inputs: Path
    workspace: Path
    private: tuple[Path, ...] = ()


def refuse_to_write(path: Path, around: Surroundings) -> None:
    """Refuse a path that no node may write, whoever asks.

    Args:
        path: The path, absolute and without links; it need not exist.
        around: What lies around the plan.

    Raises:
        NeverGrantedError: It is one.
    """
    why = (
        _is_of_all(path, around)
        or _is_of_the_system(path, around)
        or _is_steering(path, around)
        or _holds_code(path)
    )
    if why:
        raise NeverGrantedError(why)


def refuse_to_read(path: Path, around: Surroundings) -> None:
    """Refuse a path beyond the workspace that no node may read, whoever asks.

    Args:
        path: The path, absolute and without links.
        around: What lies around the plan.

    Raises:
        NeverGrantedError: It is one.
    """
    if home().is_relative_to(path):
        raise NeverGrantedError("it holds all that is yours. Name a folder in it")
    if any(_meet(path, own) for own in around.private):
        raise NeverGrantedError("codeact keeps its own files there")
    if _is_within(path, _KERNEL):
        raise NeverGrantedError("it belongs to the system")
    if any(_meet(path, Path(secret)) for secret in _SECRETS):
        raise NeverGrantedError("the passwords of the system are there")


def _is_of_all(path: Path, around: Surroundings) -> str | None:
    """Whether it holds more than a node should ever have at once."""
    if around.workspace.is_relative_to(path):
        return "it is the workspace, or holds it. Name a folder in it, such as out/"
    if around.plan.is_relative_to(path) or around.inputs.is_relative_to(path):
        return "it is, or holds, the plan itself or its inputs. Name a folder beside it"
    if home().is_relative_to(path):
        return "it is your home folder, or holds it"
    if any(_meet(path, own) for own in around.private):
        return "codeact keeps its own files there"
    return None


def _is_of_the_system(path: Path, around: Surroundings) -> str | None:
    """Whether it is the system's, in which the workspace may lie, or everybody's."""
    if any(_meet(path, folder) for folder in _folders_of_programs()):
        return "programs are started from there"
    shared = {*map(Path, _SHARED), Path(tempfile.gettempdir()).resolve()}
    if path in shared:
        return "all programs share it. Name a folder in it"
    # Some systems keep homes in /var, and people workspaces in /opt.
    own = [around.workspace, *([home()] if home() != Path("/") else [])]
    if any(path.is_relative_to(folder) for folder in (*shared, *own)):
        return None
    return "it belongs to the system" if _is_within(path, _system()) else None


def _is_steering(path: Path, around: Surroundings) -> str | None:
    """Whether its own name, or that of a folder above it, is one that tools go by."""
    parts = _own_parts(path, around)
    *folders, name = parts or [""]
    if any(map(_keeps_history, (path, *path.parents)[: len(parts)])):
        return "version control keeps its settings there, and what it runs"
    for part in (*folders, name):
        if part.startswith("."):
            return f"'{part}' is hidden: such files hold settings, keys and what tools run"
        if part.lower() in PACKAGES:
            return f"programs are taken from '{part}'"
    if is_run(name) or (path.is_file() and path.stat().st_mode & stat.S_IXUSR):
        return "it may be run later, or says what is run"
    return _OTHER_NAME if path.is_file() and _has_other_names(path) else None


def _own_parts(path: Path, around: Surroundings) -> tuple[str, ...]:
    """The names that the plan chose: where a workspace or a home lies is nobody's request."""
    for base in (around.workspace, home()):
        if path.is_relative_to(base):
            return path.relative_to(base).parts
    return path.parts


def _holds_code(path: Path) -> str | None:
    """Whether a folder holds what is run, settings of tools or keys; links are not followed."""
    entries = list(islice(_entries(path), _MOST_ENTRIES))
    if len(entries) == _MOST_ENTRIES:
        return f"it holds more than {_MOST_ENTRIES:,} files. Name a folder in it"
    for entry, is_folder in entries:
        if len(os.fsencode(entry)) >= _LONGEST_PATH:
            return "it holds folders nested too deep to be looked through. Name another one"
        if is_folder and _keeps_history(entry):
            return f"it holds {entry.relative_to(path)}, of version control. Name another one"
        if why := _why_not_beside(entry, is_folder=is_folder):
            return f"it holds {entry.relative_to(path)}, which {why}. Name another one"
    return None


def _keeps_history(folder: Path) -> bool:
    return all(os.path.lexists(folder / name) for name in _OF_HISTORY)


def _why_not_beside(entry: Path, *, is_folder: bool) -> str | None:
    """What is wrong with an entry of a folder: who may write the folder reads and writes it too."""
    if entry.name in INSIDE or (not is_folder and is_run(entry.name)):
        return "may be run later"
    if SECRET.match(entry.name):
        return "is hidden from nodes, as what holds keys and passwords is"
    try:
        found = entry.lstat()
    except FileNotFoundError:
        return None
    if is_folder or not stat.S_ISREG(found.st_mode):
        return None
    if found.st_nlink > 1:
        return "is a hard link"
    return "may be run later" if found.st_mode & _BY_ANYBODY and _is_program(entry) else None


def _is_program(file: Path) -> bool:
    """Whether a file that can be executed is one that is; on some disks all of them can."""
    try:
        with file.open("rb") as opened:
            return opened.read(2) in _PROGRAMS
    except OSError:
        return True  # Who cannot read it cannot say that it is none.


def _entries(folder: Path) -> Iterator[tuple[Path, bool]]:
    """All that is below a folder, which a node may have nested deeper than a function can call."""
    waiting = [str(folder)]
    while waiting:
        for entry in _listed(waiting.pop()):
            is_folder = entry.is_dir()
            yield Path(entry.path), is_folder
            if is_folder and not entry.is_symlink():
                waiting.append(entry.path)


def _listed(folder: str) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # It is a file, is gone, or is too deep to be named.
        return []


def _has_other_names(file: Path) -> bool:
    """Whether to write it is to write another file too, which may be one that is run."""
    try:
        return file.lstat().st_nlink > 1
    except FileNotFoundError:
        return False


def _system() -> tuple[str, ...]:
    of_windows = tuple(filter(None, map(os.environ.get, _SYSTEM_OF_WINDOWS)))
    own = {"darwin": ("Library",), "win32": ("AppData",)}.get(sys.platform, ())
    return (*_SYSTEM, *of_windows, *(str(home() / name) for name in own))


def _folders_of_programs() -> Iterator[Path]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if Path(folder).is_absolute():
            yield Path(os.path.realpath(folder))


def _is_within(path: Path, folders: tuple[str, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _meet(one: Path, other: Path) -> bool:
    """Whether one of two paths lies in the other, or is it."""
    return one.is_relative_to(other) or other.is_relative_to(one)
