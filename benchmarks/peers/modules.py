"""Modules of nodes, as files."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

from benchmarks.peers import work

_PUBLIC = re.compile(r"\b(burn|rest|large|consume|own_megabytes)\b(?=\()")


def load(file: Path) -> ModuleType:
    """Import a file as a module of its own name, which its processes can import again."""
    spec = importlib.util.spec_from_file_location(file.name.partition(".")[0], file)
    if not spec or not spec.loader:
        raise ImportError(f"{file} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module


def helpers() -> str:
    """The functions of `work` as private ones, for modules whose public functions are nodes."""
    return _PUBLIC.sub(r"_\1", Path(work.__file__).read_text(encoding="utf-8"))
