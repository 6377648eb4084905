"""What one piece contributes to the code keys: its normalised code and the names it deals with."""

import ast
import hashlib
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeact_lsp.plan.quotations import quoted_names
from codeact_lsp.plan.source import encoded

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

_DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SKIPPED_FIELDS = frozenset({"type_comment", "kind", "type_ignores", "ctx"})
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
# Marks, among bound names, the package that an import statement binds a name of.
ROOT = "import "
# Stands for the names that `from module import *` binds: any name may be one of them.
STAR = "*"
FUTURE = f"{ROOT}__future__"
# Who refers to one of these can reach any name of the module.
REACHES_ALL = frozenset({"eval", "exec", "globals"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What one piece contributes.

    Attributes:
        digest: Of its code without places, docstrings and spelling.
        binds: The module-level names that it binds.
        refers: The module-level names that it refers to, from any scope.
        acts: Whether running it can do more than bind names.
        acts_on: The names whose objects it calls or changes while it runs.
        keeps: Whether what it binds can hold state; imports and plain functions do not.
        hands_to: The names in its decorators and base classes, to which it hands what it binds.
        registers_with: The names at the left end of decorators that say they register something.
    """

    digest: bytes
    binds: frozenset[str] = frozenset()
    refers: frozenset[str] = frozenset()
    acts: bool = False
    acts_on: frozenset[str] = frozenset()
    keeps: bool = False
    hands_to: frozenset[str] = frozenset()
    registers_with: frozenset[str] = frozenset()


def facts(piece: "Piece") -> Facts:
    """What `piece` contributes; of a piece that does not parse, only that its text matters."""
    if piece.issue is not None:
        digest = hashlib.blake2b(encoded(piece.text), digest_size=20).digest()
        return Facts(digest)
    if piece.tree.body and all(_is_text(part) for part in piece.tree.body):
        digest = hashlib.blake2b(encoded(ast.dump(piece.tree)), digest_size=20).digest()
        return Facts(digest, binds=frozenset({"__doc__"}))
    if all(_never_runs(part) for part in piece.tree.body):
        return Facts(b"")
    binds, refers = _names(piece) if piece.tree.body else (frozenset(), frozenset())
    digest = hashlib.blake2b(b"".join(_normalised(piece.tree)), digest_size=20).digest()
    return Facts(
        digest,
        binds.union(_imported(piece.tree)),
        refers.union((STAR,), quoted_names(piece.tree)),
        acts=any(_acts(part) for part in piece.tree.body),
        acts_on=frozenset(_acted_on(piece.tree)),
        keeps=any(_keeps(part) for part in piece.tree.body),
        hands_to=frozenset(_receivers(piece.tree)),
        registers_with=frozenset(_registries(piece.tree)),
    )


def _names(piece: "Piece") -> tuple[frozenset[str], frozenset[str]]:
    """Module-level names that a piece binds, and those that it refers to from any scope."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            top = symtable.symtable(piece.text, "<piece>", "exec")
        except (RecursionError, SyntaxError):
            # How deep is too deep depends on how deep the caller is: parsing may have succeeded.
            # Of a draft, the compiler has not been asked.
            every = _every_name(piece.tree)
            return every, every | REACHES_ALL
    binds = {symbol.get_name() for symbol in top.get_symbols() if _binds(symbol)}
    refers = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    pending = top.get_children()
    while pending:
        table = pending.pop()
        pending += table.get_children()
        for symbol in table.get_symbols():
            # A class body that binds a name may still read the module's before it does.
            if symbol.is_global() or (table.get_type() == "class" and symbol.is_referenced()):
                refers.add(symbol.get_name())
            if symbol.is_declared_global():
                binds.add(symbol.get_name())
    refers |= binds.intersection(_updated(piece.tree))
    return frozenset(binds), frozenset(refers)


def _updated(tree: ast.Module) -> Iterator[str]:
    """Names that have to be bound already although the compiler only counts them as bound."""
    for part in ast.walk(tree):
        match part:
            case ast.AugAssign(target=ast.Name(id=name)) | ast.Name(id=name, ctx=ast.Del()):
                yield name
            case _:
                pass


def _every_name(tree: ast.Module) -> frozenset[str]:
    """All that could be a name in `tree`; too many names reach too much, but never too little."""
    values = (value for part in ast.walk(tree) for _, value in ast.iter_fields(part))
    return frozenset(value.split(".")[0] for value in values if isinstance(value, str))


def _binds(symbol: symtable.Symbol) -> bool:
    # The last is all that Python 3.12 and later say of `[A := n for n in …]` at module level.
    return (
        symbol.is_assigned()
        or symbol.is_imported()
        or symbol.is_namespace()
        or symbol.is_declared_global()
    )


def _imported(tree: ast.Module) -> Iterator[str]:
    """Packages that the statements import: two names for one package can touch the same state."""
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            yield from (ROOT + alias.name.split(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield ROOT + (statement.module or ".").split(".")[0]
            yield from (STAR for alias in statement.names if alias.name == "*")


def _acts(statement: ast.stmt) -> bool:
    """Whether running the statement can do more than bind a name."""
    if isinstance(statement, _DEFINING) or _is_text(statement):
        return False
    if isinstance(statement, ast.Assign):
        # To give a value to `_` is to throw it away: it was computed for what that does.
        return not all(isinstance(part, ast.Name) and part.id != "_" for part in statement.targets)
    return not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name))


def _never_runs(statement: ast.stmt) -> bool:
    """Whether this is what a script does when it is started; a worker only loads it."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]), orelse=[]):
            return True
        case _:
            return False


def _acted_on(tree: ast.Module) -> Iterator[str]:
    """Whose objects the statements call, store into or delete from, outside of functions."""
    pending: list[ast.AST] = [tree]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        pending += ast.iter_child_nodes(part)
        changed = isinstance(part, ast.Attribute | ast.Subscript) and not isinstance(
            part.ctx, ast.Load
        )
        if isinstance(part, ast.Call) or changed:
            yield from _root(part)


def _root(expression: ast.AST) -> Iterator[str]:
    """The name at the left end of `a.b[c](d)`."""
    while not isinstance(expression, ast.Name):
        match expression:
            case ast.Call(func=inner) | ast.Attribute(value=inner) | ast.Subscript(value=inner):
                expression = inner
            case _:
                return
    yield expression.id


def _keeps(statement: ast.stmt) -> bool:
    """Whether what the statement binds can hold state."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        arguments = statement.args
        defaults = filter(None, [*arguments.defaults, *arguments.kw_defaults])
        shared = any(not isinstance(default, ast.Constant) for default in defaults)
        return shared or bool(statement.decorator_list)
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return not isinstance(statement.value, ast.Constant)
    return not isinstance(statement, ast.Import | ast.ImportFrom)


def _receivers(tree: ast.Module) -> Iterator[str]:
    """The names in the decorators and base classes of the definitions."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            expressions = list(statement.decorator_list)
            if isinstance(statement, ast.ClassDef):
                expressions += [*statement.bases, *(part.value for part in statement.keywords)]
            parts = (part for expression in expressions for part in ast.walk(expression))
            yield from (part.id for part in parts if isinstance(part, ast.Name))


def _registries(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        for decorator in getattr(statement, "decorator_list", ()):
            maker = decorator.func if isinstance(decorator, ast.Call) else decorator
            if "register" in getattr(maker, "attr", getattr(maker, "id", "")).lower():
                yield from _root(maker)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _normalised(tree: ast.AST) -> Iterator[bytes]:
    """The tree as bytes, without places, docstrings and spelling. Iterative: trees can be deep."""
    pending: list[object] = [tree]
    while pending:
        part = pending.pop()
        if isinstance(part, ast.AST):
            yield b"(" + type(part).__name__.encode()
            pending += reversed(list(_fields(part)))
        elif isinstance(part, list):
            yield b"[%d" % len(part)
            pending += reversed(part)
        else:
            # Decimal digits of an integer are limited in number, and cost the square of it.
            spelt = hex(part) if isinstance(part, int) else repr(part)
            yield b"=" + encoded(f"{type(part).__name__} {spelt}") + b"\0"


def _fields(part: ast.AST) -> Iterator[object]:
    for name, value in ast.iter_fields(part):
        if name in _SKIPPED_FIELDS:
            continue
        if name == "body" and isinstance(part, _DOCUMENTED) and value and _is_text(value[0]):
            yield value[1:]
        else:
            yield value
