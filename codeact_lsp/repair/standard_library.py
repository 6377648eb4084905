"""Which module of the standard library defines a public name: read from the modules themselves."""

import importlib
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec
from sys import stdlib_module_names

# Modules of definitions that are used by their bare names, the likeliest home of a name first.
_HOMES = (
    "pathlib", "collections", "datetime", "dataclasses", "typing", "functools", "itertools", "math",
    "statistics", "decimal", "fractions", "enum", "re", "json", "random", "string", "textwrap",
    "contextlib", "operator", "time", "collections.abc", "copy", "heapq", "bisect", "io", "os",
    "os.path", "urllib.parse", "urllib.request", "zoneinfo", "uuid", "hashlib", "base64",
    "tempfile", "shutil", "glob", "csv", "abc", "types", "warnings", "pprint", "html",
    "concurrent.futures",
)  # fmt: skip


def homes(name: str) -> Iterator[str]:
    """The modules that define a public name; those of the same thing count once."""
    seen: list[object] = []
    for home in _HOMES:
        value = public(home).get(name)
        if value is not None and not any(value is other for other in seen):
            seen.append(value)
            yield home


def having(names: set[str]) -> Iterator[str]:
    """The modules that define all of some public names."""
    yield from (home for home in _HOMES if names <= public(home).keys())


# Packages of modules that are used by their bare names.
_PACKAGES = (
    "urllib", "os", "concurrent", "xml.etree", "xml.dom", "xml.sax", "json", "http", "email",
    "importlib", "logging", "collections", "unittest", "html", "multiprocessing", "asyncio",
    "wsgiref", "encodings", "ctypes",
)  # fmt: skip


def packages_of(name: str) -> Iterator[str]:
    """The packages that have a module of that name. Nothing is imported to know."""
    for package in _PACKAGES:
        if is_module(f"{package}.{name}"):
            yield package


@cache
def public(home: str) -> dict[str, object]:
    """The public names of one of those modules; no other one is imported for a plan's sake."""
    if home not in _HOMES:
        return {}
    module = importlib.import_module(home)
    names = getattr(module, "__all__", None) or dir(module)
    return {name: getattr(module, name) for name in names if not name.startswith("_")}


def is_module(name: str) -> bool:
    """Whether the standard library has a module of that full name. Nothing is imported to know."""
    head, *inner = name.split(".")
    if name in _HOMES or head not in stdlib_module_names:
        return name in _HOMES
    spec = find_spec(head)
    for part in inner:
        if spec is None or spec.submodule_search_locations is None:
            return False
        spec = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
    return spec is not None
