"""Modules of nodes, as files."""

import importlib.util
import re
import sys
from collections.abc import Mapping
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.peers import work

_PUBLIC = re.compile(r"\b(burn|rest|large|consume|own_megabytes)\b(?=\()")


class _AsItIs(SourceFileLoader):
    """Takes and leaves no bytecode: that goes by the second, and a file is edited within one."""

    def path_stats(self, path: str) -> Mapping[str, Any]:
        raise OSError(path)


def load(file: Path) -> ModuleType:
    """Import a file as a module of its own name, which its processes can import again."""
    name = file.name.partition(".")[0]
    spec = importlib.util.spec_from_file_location(name, file, loader=_AsItIs(name, str(file)))
    if not spec or not spec.loader:
        raise ImportError(f"{file} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module


def helpers() -> str:
    """The functions of `work` as private ones, for modules whose public functions are nodes."""
    return _PUBLIC.sub(r"_\1", Path(work.__file__).read_text(encoding="utf-8"))
