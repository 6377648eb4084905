"""The bytecode of the worker, which writes none itself: it may write nothing where it lies."""

import compileall
import sys
from importlib.util import cache_from_source
from pathlib import Path


def compile_package(folder: Path) -> None:
    """Write a package's bytecode beside it, as Python does, unless it is there.

    Some installers leave that to the first import. Without it, each worker would compile all that
    it is made of. Where it cannot be written, that remains so.

    Args:
        folder: The package, whose `__init__` tells for all of it whether there is some.
    """
    first = folder / "__init__.py"
    if not sys.dont_write_bytecode and not _is_newer(Path(cache_from_source(str(first))), first):
        compileall.compile_dir(folder, quiet=2)


def _is_newer(made: Path, source: Path) -> bool:
    try:
        return made.stat().st_mtime >= source.stat().st_mtime
    except OSError:
        return False
