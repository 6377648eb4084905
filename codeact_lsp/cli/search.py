"""Find the plans that arguments of the command line name: files, folders and globs."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from codeact_lsp.cli.exits import UsageError
from codeact_lsp.engine.workspace.globs import PLANS, matches
from codeact_lsp.engine.workspace.plan_files import files_below

_MAGIC = re.compile(r"[*?\[{]")


def find_plans(argument: str) -> list[str]:
    """The names of the files that an argument stands for, in order of their paths.

    What is neither a folder nor a glob is taken for a file; whoever reads it tells if it is none.

    Raises:
        UsageError: No plan is in the folder, or no file is matched by the glob.
    """
    # A name that exists is no glob, whatever characters it is made of.
    if argument == "-" or os.path.lexists(argument) or not _MAGIC.search(argument):
        return _in_folder(argument) if _is_folder(argument) else [argument]
    found = sorted(_matched(argument))
    if not found:
        raise UsageError(f"{argument}: no file matches this glob.")
    return list(map(str, found))


def _in_folder(name: str) -> list[str]:
    folder = Path(name)
    found = sorted(
        path
        for path in files_below(folder)
        if matches(path.relative_to(folder).as_posix(), [PLANS]) and _is_file(path)
    )
    if not found:
        raise UsageError(f"{name}: there is no plan (*.plan.py) in this folder.")
    return list(map(str, found))


def _matched(glob: str) -> Iterator[Path]:
    """The files that a glob matches; only the folders that it can reach are looked into."""
    parts = Path(glob).parts
    fixed = next(at for at, part in enumerate(parts) if _MAGIC.search(part))
    folder, rest = Path(*parts[:fixed]), "/".join(parts[fixed:])
    for path in files_below(folder, depth=None if "**" in rest else rest.count("/")):
        if matches(path.relative_to(folder).as_posix(), [rest]) and _is_file(path):
            yield path


def _is_folder(name: str) -> bool:
    return os.path.isdir(name)  # noqa: PTH112 - `Path.is_dir` raises for what we may not look at.


def _is_file(path: Path) -> bool:
    """Whether it is a regular file: a device or a pipe might never end, and has to be named."""
    return os.path.isfile(path)  # noqa: PTH113 - as above.
