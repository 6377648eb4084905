"""What an interpreter needs to be able to read: found by looking, for nothing of it may be run yet.

A workspace can bring an interpreter along, and starting that one is running its code.
"""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from codeact_lsp.sandbox.needs import home

# Where many programs lie side by side, with what else belongs to them: settings, logs, data.
_SHARED = (Path("/usr"), Path("/usr/local"))
_OF_PROGRAMS = ("bin", "games", "include", "lib", "lib32", "lib64", "libexec", "libx32", "sbin")
# Where distributions keep what programs are made of, beside those.
_SYSTEM = (
    *("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"),
    *("/nix/store", "/gnu/store"),
)
# What libraries read of a system's configuration; none of it says anything of the user. Beside
# certificates there are keys, which a server of root's could read: those are left out.
_CONFIGURATION = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/ssl/certs",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/tls/openssl.cnf",
    "/etc/ca-certificates",
    "/etc/mime.types",
    "/etc/fonts",
    "/etc/matplotlibrc",
    "/etc/python3",
)
_MOST_LINKS = 40  # As the kernel follows.
_MOST_CHARACTERS = 1_000_000
_PACKAGES = "lib*/python3*/*-packages"
_LIBRARY = "lib*/python3*/os.py"


def system_paths() -> tuple[Path, ...]:
    """Files and folders of the system that every program may read; those that there are."""
    shared = (part for prefix in _SHARED for part in _parts(prefix))
    others = (Path(path) for path in (*_SYSTEM, *_CONFIGURATION) if os.path.lexists(path))
    return (*shared, *others)


@lru_cache(maxsize=16)
def runtime_paths(interpreter: Path, workspace: Path | None = None) -> tuple[Path, ...]:
    """What an interpreter and its packages lie in, and the links that lead to it.

    Args:
        interpreter: The interpreter.
        workspace: A folder, without links in its path. An environment that lies in it may have come
            with the plan, so what that says of where its packages are is followed only within.
    """
    prefixes = {prefix.resolve() for prefix in _prefixes(interpreter)}
    found = {part for prefix in prefixes for part in _own(prefix, workspace)}
    found |= {packages.resolve() for packages in _packages(interpreter, workspace)}
    found |= set(_steps(interpreter))
    return tuple(outermost(path for path in found if _is_no_root(path)))


@lru_cache(maxsize=16)
def environment_paths(interpreter: Path, workspace: Path | None = None) -> tuple[Path, ...]:
    """Of `runtime_paths` those in which somebody may have put something of his own, such as keys.

    Args:
        interpreter: The interpreter.
        workspace: As for `runtime_paths`.
    """
    prefixes = {prefix.resolve() for prefix in _prefixes(interpreter)}
    return tuple(path for path in runtime_paths(interpreter, workspace) if path in prefixes)


@lru_cache(maxsize=16)
def source_paths(interpreter: Path, workspace: Path | None = None) -> tuple[Path, ...]:
    """Folders beyond that `.pth` files name: of packages that are being worked on.

    Args:
        interpreter: The interpreter.
        workspace: As for `runtime_paths`.
    """
    found = {
        folder
        for packages in _packages(interpreter, workspace)
        for folder in _named(packages)
        if not _leads_out(packages, folder, workspace)
    }
    known = runtime_paths(interpreter, workspace)
    beyond = {path for path in found if not any(path.is_relative_to(each) for each in known)}
    return tuple(looked_through([path for path in beyond if _is_no_root(path)]))


def is_named_in(workspace: Path, path: Path) -> bool:
    """Whether a path goes through a workspace, wherever the links in it lead.

    Args:
        workspace: A folder, without links in its path.
        path: An absolute path.
    """
    named = Path(os.path.normpath(path))
    return any(folder.resolve() == workspace for folder in (named, *named.parents))


def straight(path: Path) -> Path:
    """The same path without `..`, behind which a container would need what it steps back from."""
    return path.parent.resolve() / path.name if ".." in path.parts else path


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Those of some paths that lie in no other of them, in order."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not any(path.is_relative_to(other) for other in kept):
            kept.append(path)
    return kept


def looked_through(paths: Collection[Path]) -> list[Path]:
    """As `outermost`, for folders in which environments are closed: named packages stay."""
    whole = outermost(paths)
    packages = [path for path in sorted(set(paths)) if path.name.endswith("-packages")]
    return [*whole, *(path for path in packages if path not in whole)]


@lru_cache(maxsize=16)
def _prefixes(interpreter: Path) -> tuple[Path, ...]:
    """That of a virtual environment, and of the interpreter that it was made from."""
    return tuple(dict.fromkeys(_found_prefixes(interpreter)))


def _found_prefixes(interpreter: Path) -> Iterator[Path]:
    for step in _steps(interpreter):
        prefix = step.parent.parent
        if (prefix / "pyvenv.cfg").is_file() or _holds_a_python(prefix):
            yield prefix
        if made_from := _home(prefix):
            bases = (made_from.parent, made_from.resolve().parent)
            yield from filter(_holds_a_python, bases)


def _own(prefix: Path, workspace: Path | None) -> Iterator[Path]:
    """What of a prefix is its Python's: all, if nobody else keeps anything there."""
    if workspace and workspace.is_relative_to(prefix):
        yield from (*_parts(prefix), prefix / "pyvenv.cfg")
    elif prefix in {*_SHARED, _of_the_user()}:
        yield from _parts(prefix)
    else:
        yield prefix


def _parts(prefix: Path) -> Iterator[Path]:
    """What programs are made of in a folder in which there is something else as well."""
    # In the user's own folder that one is what programs keep for the user.
    shared = () if prefix == _of_the_user() else ("share",)
    for name in (*_OF_PROGRAMS, *shared):
        if os.path.lexists(prefix / name):
            yield prefix / name


def _of_the_user() -> Path:
    return home() / ".local"


def _home(prefix: Path) -> Path | None:
    """Where the interpreter lies that a virtual environment was made from, as Python reads it."""
    settings = (line.partition("=") for line in _lines(prefix / "pyvenv.cfg"))
    homes = (value.strip() for key, _, value in settings if key.strip().lower() == "home")
    first = next(homes, "")
    return Path(first) if first else None


def _holds_a_python(prefix: Path) -> bool:
    """Whether the standard library is there, and not just packages, as in `~/.local`."""
    return next(prefix.glob(_LIBRARY), None) is not None


def _steps(interpreter: Path) -> Iterator[Path]:
    """A path and what it leads to, link by link."""
    for _ in range(_MOST_LINKS):
        yield interpreter
        if not interpreter.is_symlink():
            return
        interpreter = Path(os.path.normpath(interpreter.parent / interpreter.readlink()))


def _packages(interpreter: Path, workspace: Path | None) -> Iterator[Path]:
    for prefix, packages in _all_packages(interpreter):
        if not _leads_out(prefix, packages, workspace):
            yield packages


@lru_cache(maxsize=16)
def _all_packages(interpreter: Path) -> tuple[tuple[Path, Path], ...]:
    """Folders of packages, wherever they lie, each behind what it belongs to."""
    prefixes = _prefixes(interpreter)
    return tuple((each, packages) for each in prefixes for packages in each.glob(_PACKAGES))


def _leads_out(base: Path, path: Path, workspace: Path | None) -> bool:
    """Whether something in a workspace names a path that is not."""
    if workspace is None:
        return False
    if not (base.resolve().is_relative_to(workspace) or is_named_in(workspace, base)):
        return False
    return not path.resolve().is_relative_to(workspace)


def _named(packages: Path) -> Iterator[Path]:
    """The folders that the `.pth` files of a folder of packages add to the path."""
    for file in packages.glob("*.pth"):
        for line in _lines(file):
            if line and not line.startswith(("#", "import ", "import\t")):
                folder = packages / line.rstrip()
                if folder.is_dir():
                    yield folder.resolve()


def _lines(file: Path) -> list[str]:
    """The lines of a file that a workspace may have brought along: nothing endless, nor a pipe."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, encoding="utf-8", errors="surrogateescape") as opened:
            is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            return opened.read(_MOST_CHARACTERS).splitlines() if is_regular else []
    except OSError:
        return []


def _is_no_root(path: Path) -> bool:
    """Whether a path is not so wide that to show it would show what is the user's."""
    return path not in (home(), *home().parents)
