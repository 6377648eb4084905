"""What a piece imports, with the exact place of each name, and what it calls that by."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeact_lsp.plan.source import Encoding, Position, Span

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

# The functions that import a module whose name is a text.
_IMPORTERS = frozenset(
    {"__import__", "builtins.__import__", "importlib.__import__", "importlib.import_module"}
)
IMPORTER = "__import__"
"""The one of them that needs no import itself."""
_LEADING = _IMPORTERS | {importer.rpartition(".")[0] for importer in _IMPORTERS}
_FROM = re.compile(r"from(?:[ \t\f]|\\(?:\r\n|\r|\n))*([\w.]+)")


@dataclass(frozen=True, slots=True)
class Member:
    """A name that is imported from a module: `path` in `from os import path`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Import:
    """One module that is imported; the places are relative to the piece.

    Attributes:
        module: Its full name.
        span: Where that is written.
        members: What is imported from it by name; nothing if it is imported whole.
    """

    module: str
    span: Span
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Imports:
    """The import statements of a piece, in any scope.

    Attributes:
        packages: The first parts of the modules' names.
        names: What the statements bind by which modules can be imported: each name, and the full
            name of what it stands for.
    """

    statements: tuple[Import, ...] = ()
    packages: frozenset[str] = frozenset()
    names: tuple[tuple[str, str], ...] = ()


def imports(piece: "Piece") -> Imports:
    """The imports of `piece`; relative ones, of which a plan has no use, are left out."""
    if "import" not in piece.text:
        return Imports()
    found: list[Import] = []
    names: list[tuple[str, str]] = []
    for part in ast.walk(piece.tree):
        if isinstance(part, ast.Import):
            found += (Import(name.name, _place(piece, name)) for name in part.names)
            names += (_bound(name) for name in part.names)
        elif isinstance(part, ast.ImportFrom) and part.module and part.level == 0:
            found.append(_from(piece, part, part.module))
            names += ((to.asname or to.name, f"{part.module}.{to.name}") for to in part.names)
    packages = frozenset(each.module.partition(".")[0] for each in found)
    return Imports(tuple(found), packages, tuple(item for item in names if item[1] in _LEADING))


def calls(piece: "Piece", names: Mapping[str, str]) -> Iterator[Import]:
    """The modules that calls import whose name is written out: `import_module("json")`.

    Args:
        piece: Where the calls are.
        names: What the imports of the whole plan bind, as in `Imports.names`.
    """
    for part in ast.walk(piece.tree):
        if isinstance(part, ast.Call) and _full_name(part.func, names) in _IMPORTERS:
            named = (word.value for word in part.keywords if word.arg == "name")
            match next(iter((*part.args, *named)), None):
                case ast.Constant(value=str(module)) as given if not module.startswith("."):
                    yield Import(module, _inside(piece.span(given), module, piece.text))
                case _:
                    pass


def _from(piece: "Piece", statement: ast.ImportFrom, module: str) -> Import:
    whole = piece.span(statement)
    match = _FROM.match(piece.text, whole.start)
    members = (Member(name.name, _place(piece, name)) for name in statement.names)
    return Import(module, Span(*match.span(1)) if match else whole, tuple(members))


def _bound(name: ast.alias) -> tuple[str, str]:
    """`import a.b` binds `a`, and `import a.b as c` binds `a.b`."""
    if name.asname:
        return name.asname, name.name
    top = name.name.split(".")[0]
    return top, top


def _place(piece: "Piece", name: ast.alias) -> Span:
    """Where a name is written, without the other one that it is given."""
    position = Position(name.lineno - 1, name.col_offset)
    start = piece.source.offset(position, Encoding.UTF8)
    end = piece.source.offset(
        Position((name.end_lineno or name.lineno) - 1, name.end_col_offset or 0), Encoding.UTF8
    )
    written = Span(start, start + len(name.name))
    return written if piece.text.startswith(name.name, start) else Span(start, end)


def _inside(literal: Span, value: str, text: str) -> Span:
    """What stands between the quotes of a literal; all of it where that is written otherwise."""
    start = text.find(value, literal.start, literal.end) if value else -1
    return Span(start, start + len(value)) if start >= 0 else literal


def _full_name(callee: ast.expr, names: Mapping[str, str]) -> str | None:
    """What a callee stands for, by the plan's imports; None for what is no dotted name."""
    attributes: list[str] = []
    while isinstance(callee, ast.Attribute):
        attributes.append(callee.attr)
        callee = callee.value
    if not isinstance(callee, ast.Name):
        return None
    return ".".join((names.get(callee.id, callee.id), *reversed(attributes)))
