"""What modules hold, as their files say: nothing is imported to know it."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from itertools import islice
from pathlib import Path

_MOST_BYTES = 400_000
_MOST_FILES = 1000
_PACKAGES = frozenset(
    ["collections", "concurrent", "email", "html", "http", "importlib", "json", "urllib", "wsgiref",
     "xml", "xmlrpc", "zoneinfo"]
)  # fmt: skip
# Of these there is no text to read; they do nothing but define.
_COMPILED = frozenset(["array", "binascii", "cmath", "math", "pyexpat", "unicodedata", "zlib"])
# At the margin of a file: what it defines, or takes from elsewhere by that name.
_DEFINED = re.compile(r"^(?:async +)?(?:def|class) +(\w+)|^(\w+)(?: *:[^=\n]+)? *= ", re.MULTILINE)


def has_module(package: str, name: str) -> bool:
    """Whether a package has a module of that name in it."""
    return _spec(f"{package}.{name}") is not None


def defines(module: str, name: str) -> bool:
    """Whether a module defines a name where its text begins a line with it."""
    return name in _defined(module)


def others_that_define(name: str) -> Iterator[str]:
    """The modules of the standard library that define a name, in the order of the letters."""
    yield from _standard()[name]


@cache
def modules_that_define(package: str, name: str) -> tuple[str, ...]:
    """The modules of an installed package that define a name, those first that lie less deep."""
    spec = _spec(package) if package not in sys.stdlib_module_names else None
    if spec is None:
        return ()
    defined = re.compile(rf"^(?:async +)?(?:def|class) +{re.escape(name)}\b", re.MULTILINE)
    found = [
        module for folder in spec.submodule_search_locations or ()
        for module, file in _files(package, Path(folder))
        if defined.search(file.read_text("utf-8", errors="replace"))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda module: (module.count("."), module)))


def _files(package: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The modules of a package, with their files; of large packages not all, and no tests."""
    files = islice((each for each in folder.rglob("*.py") if _is_source(each)), _MOST_FILES)
    for file in files:
        parts = file.relative_to(folder).with_suffix("").parts
        inner = parts[:-1] if parts[-1] == "__init__" else parts
        if all(part.isidentifier() for part in inner):
            yield ".".join([package, *inner]), file


def _is_source(file: Path) -> bool:
    return "tests" not in file.parts and file.stat().st_size <= _MOST_BYTES


@cache
def _standard() -> Mapping[str, list[str]]:
    homes = defaultdict[str, list[str]](list)
    heads = sorted(each for each in sys.stdlib_module_names if not each.startswith("_"))
    for module in (each for head in heads for each in (head, *_within(head))):
        for name in _defined(module):
            homes[name].append(module)
    return homes


def _within(package: str) -> Iterator[str]:
    """The modules of a package of those that plans may well use."""
    spec = _spec(package) if package in _PACKAGES else None
    for folder in (spec and spec.submodule_search_locations) or ():
        files = sorted(Path(folder).glob("[a-z]*.py"))
        yield from (f"{package}.{file.stem}" for file in files)


@cache
def _defined(module: str) -> frozenset[str]:
    if module in sys.builtin_module_names or module in _COMPILED:
        return frozenset(dir(import_module(module)))
    spec = _spec(module)
    file = Path(spec.origin) if spec and spec.origin else None
    if file is None or file.suffix != ".py" or file.stat().st_size > _MOST_BYTES:
        return frozenset()
    found = _DEFINED.findall(file.read_text("utf-8", errors="replace"))
    return frozenset(one or other for one, other in found)


@cache
def _spec(module: str) -> ModuleSpec | None:
    """Where a module is, found from package to package."""
    head, *inner = module.split(".")
    spec = PathFinder.find_spec(head)
    for part in inner:
        if spec is None or spec.submodule_search_locations is None:
            return None
        spec = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
    return spec
