"""What debugs a node, and whether the Python that runs it has that."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# `site-packages`, and what Debian makes of it.
_PACKAGES = "lib*/python3*/*-packages"
_ITSELF = Path("debugpy", "_vendored", "pydevd", "pydevd.py")


@dataclass(frozen=True, slots=True)
class Debugger:
    """What debugs one node of a run.

    Attributes:
        node: The node. It runs even if its value is known, its value is not kept, and no time
            limit holds for it.
        connection: The descriptor of a socket through which the Debug Adapter Protocol is spoken
            with it; it stays the caller's to close.
        library: The folder of debugpy, without links in it; None if the interpreter has it.
    """

    node: str
    connection: int
    library: Path | None = None


def has_debugpy(interpreter: Path) -> bool:
    """Whether debugpy is installed for a Python. Nothing of it is run to find out."""
    return any(_is_in(folder) for folder in _packages(interpreter))


def library_at(folder: Path) -> Path | None:
    """The folder, if debugpy is in there: that of an editor's own debugger, say."""
    return folder.resolve() if folder.is_absolute() and _is_in(folder) else None


def _is_in(folder: Path) -> bool:
    return (folder / _ITSELF).is_file()


def _packages(interpreter: Path) -> Iterator[Path]:
    """The folders of packages that a Python looks into."""
    prefix = interpreter.parent.parent
    yield from prefix.glob(_PACKAGES)
    if not (prefix / "pyvenv.cfg").is_file() or _shares(prefix / "pyvenv.cfg"):
        yield from interpreter.resolve().parent.parent.glob(_PACKAGES)


def _shares(settings: Path) -> bool:
    """Whether a virtual environment has the packages of the Python that it was made from."""
    lines = settings.read_text(encoding="utf-8", errors="replace").lower().splitlines()
    said = (line.partition("=") for line in lines)
    return any(
        name.strip() == "include-system-site-packages" and value.strip() == "true"
        for name, _, value in said
    )
