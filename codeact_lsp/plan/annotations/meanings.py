"""What the statements of one piece make the plan's module-level names stand for in annotations."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeact_lsp.plan.facts import STAR

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

# Calls that make a class or an alias of one. What is bound to any other call's value is unknown.
_CLASS_MAKERS = frozenset({"NewType", "namedtuple", "NamedTuple", "TypedDict"})
# Characters. An alias that people read is far below; a table of constants may be far above.
_LONGEST_ALIAS = 1_000


@dataclass(frozen=True, slots=True)
class Imported:
    """A name for `target`, a module or something in one, dotted."""

    target: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for what the expression `text` stands for, if that is a type."""

    text: str


@dataclass(frozen=True, slots=True)
class ClassHead:
    """A class of the plan.

    Attributes:
        bases: Its base classes, as they are written.
        changers: The expressions that could make it something else: decorators, the metaclass.
    """

    bases: tuple[str, ...] = ()
    changers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something of which the text does not tell what it is, or no type at all."""


Meaning = Imported | Alias | ClassHead | Opaque
OPAQUE = Opaque()
Meanings = tuple[tuple[str, Meaning], ...]


def meanings(piece: "Piece") -> Meanings:
    """Each name that `piece` binds, with what it stands for; a name can occur several times."""
    if piece.issue is not None:
        return tuple((name, OPAQUE) for name in piece.supposed_names)
    statements = list(_flat(piece.tree.body))
    if all(isinstance(part, _READABLE) for part in statements) and not _binds_inside(piece):
        return tuple(pair for part in statements for pair in _meanings(piece, part))
    bound = (STAR if name == STAR else name for name in piece.facts.binds)
    return tuple((name, OPAQUE) for name in bound if name == STAR or name.isidentifier())


_READABLE = (
    *(ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.Assign, ast.AnnAssign, ast.Expr, ast.Pass, ast.ExceptHandler, ast.Raise),
)


def _flat(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The statements, and those in each `if`, `try` and `with`: any of them may have run."""
    # Not recursive: each `elif` is one level further down.
    pending = list(statements)
    while pending:
        match pending.pop():
            case ast.If(body=body, orelse=orelse):
                pending += (*body, *orelse)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                pending += (*body, *handlers, *orelse, *final)
            case ast.With(items=items, body=body) if not any(item.optional_vars for item in items):
                pending += body
            case ast.ExceptHandler(body=body) as handler:
                pending += body
                yield handler
            case statement:
                yield statement


def _binds_inside(piece: "Piece") -> bool:
    """Whether the piece binds a module-level name elsewhere than in a statement of its own."""
    if "global" not in piece.text and ":=" not in piece.text:
        return False
    return any(isinstance(part, ast.Global | ast.NamedExpr) for part in ast.walk(piece.tree))


def _meanings(piece: "Piece", statement: ast.AST) -> Iterator[tuple[str, Meaning]]:
    match statement:
        case ast.Import(names=aliases):
            yield from map(_imported, aliases)
        case ast.ImportFrom(names=aliases):
            yield from (_imported_from(statement, alias) for alias in aliases)
        case ast.ClassDef(name=name):
            yield name, _class_head(piece, statement)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name, OPAQUE
        case ast.ExceptHandler(name=str(name)):
            yield name, OPAQUE
        case ast.Assign(targets=targets, value=value):
            yield from _assigned(piece, targets, value)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            yield name, _declared(piece, annotation, value)
        case _:
            return


def _imported(alias: ast.alias) -> tuple[str, Meaning]:
    if alias.asname:
        return alias.asname, Imported(alias.name)
    package = alias.name.split(".")[0]
    return package, Imported(package)


def _imported_from(statement: ast.ImportFrom, alias: ast.alias) -> tuple[str, Meaning]:
    name = alias.asname or alias.name
    if name == STAR or statement.level or statement.module is None:
        return name, OPAQUE
    # Of what both modules have, typing_extensions has typing's own or one for older Pythons.
    module = "typing" if statement.module == "typing_extensions" else statement.module
    return name, Imported(f"{module}.{alias.name}")


def _assigned(
    piece: "Piece", targets: list[ast.expr], value: ast.expr
) -> Iterator[tuple[str, Meaning]]:
    plain = all(isinstance(target, ast.Name) for target in targets)
    meaning = _alias(piece, value) if plain else OPAQUE
    for part in (part for target in targets for part in ast.walk(target)):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id, meaning


def _alias(piece: "Piece", value: ast.expr) -> Meaning:
    match value:
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.BinOp(op=ast.BitOr()):
            return _text_alias(piece, value)
        case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker)):
            return _text_alias(piece, value) if maker in _CLASS_MAKERS else OPAQUE
        case _:
            return OPAQUE


def _declared(piece: "Piece", annotation: ast.expr, value: ast.expr | None) -> Meaning:
    match annotation:
        case ast.Name(id="TypeAlias") | ast.Attribute(attr="TypeAlias") if value is not None:
            return _text_alias(piece, value)
        case _:
            return OPAQUE


def _text_alias(piece: "Piece", value: ast.expr) -> Meaning:
    text = _text(piece, value)
    return Alias(text) if len(text) <= _LONGEST_ALIAS else OPAQUE


def _class_head(piece: "Piece", statement: ast.ClassDef) -> Meaning:
    hooked = any(
        isinstance(part, ast.FunctionDef) and part.name == "__subclasshook__"
        for part in statement.body
    )
    unpacked = any(keyword.arg is None for keyword in statement.keywords)
    if hooked or unpacked:
        return OPAQUE
    changers = [*map(_maker, statement.decorator_list)]
    changers += [part.value for part in statement.keywords if part.arg == "metaclass"]
    return ClassHead(
        tuple(_text(piece, base) for base in statement.bases),
        tuple(_text(piece, changer) for changer in changers),
    )


def _maker(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _text(piece: "Piece", part: ast.expr) -> str:
    span = piece.span(part)
    return piece.text[span.start : span.end]
