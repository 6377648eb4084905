"""Code keys: digests that change with a node's code and with what that code reaches, only.

A node reaches the module-level names that it, or anything it reaches, refers to. A statement that
binds nothing but acts (`pd.set_option(...)`, `CONFIG["a"] = 1`) belongs to a node when the two can
touch the same name. So does a definition that hands itself to something in the module that can keep
it: a decorator that registers it, a base class that knows its subclasses.
"""

import ast
import hashlib
import symtable
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeact_lsp.plan.source import encoded

if TYPE_CHECKING:
    from codeact_lsp.plan.document import Piece

_DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SKIPPED_FIELDS = frozenset({"type_comment", "kind", "type_ignores", "ctx"})
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_REACHES_ALL = frozenset({"eval", "exec", "globals"})
# Marks, among bound names, the package that an import statement binds a name of.
_ROOT = "import "
# Stands for the names that `from module import *` binds: any name may be one of them.
_STAR = "*"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one piece contributes: its normalised code, what it binds, what it refers to.

    Attributes:
        acts: Whether running it can do more than bind names.
        keeps: Whether what it binds can hold state; imports and plain functions do not.
        hands_to: The names in its decorators and base classes, to which it hands what it binds.
    """

    digest: bytes
    binds: frozenset[str] = frozenset()
    refers: frozenset[str] = frozenset()
    acts: bool = False
    keeps: bool = False
    hands_to: frozenset[str] = frozenset()


def code_keys(pieces: "Sequence[Piece]", nodes: Mapping[str, int]) -> dict[str, str]:
    """The code key of each node.

    Args:
        pieces: All pieces of the document.
        nodes: For each node's name, the index of its piece.

    Returns:
        Hexadecimal digests by node name.
    """
    module = _Module([piece.facts for piece in pieces])
    return {name: module.key(index) for name, index in nodes.items()}


class _Module:
    """Who binds what in one module, and what follows from it."""

    def __init__(self, facts: list[Facts]) -> None:
        self._facts = facts
        self._binders: dict[str, list[int]] = {}
        for index, fact in enumerate(facts):
            for name in fact.binds:
                self._binders.setdefault(name, []).append(index)
        self._rebinding = {
            index
            for name, binders in self._binders.items()
            for index in binders
            if len(binders) > 1 and not name.startswith(_ROOT)
        }
        touched = ((index, self._touches(index)) for index in range(len(facts)))
        self._touched = {index: names for index, names in touched if names}

    def key(self, piece: int) -> str:
        reached = self._reached([piece])
        names = self._names(reached)
        acting = {index for index, touched in self._touched.items() if touched & names}
        for index in acting:
            reached |= self._reached([index])
        # Sorted by content, not by place: the order of definitions changes nothing. The order of
        # statements that act, or that bind one name twice, can; those keep it.
        ordered = acting | (reached & self._rebinding)
        defining = sorted(self._facts[index].digest for index in reached - ordered - {piece})
        acted = [self._facts[index].digest for index in sorted(ordered)]
        parts = [self._facts[piece].digest, *defining, b"|", *acted]
        return hashlib.blake2b(b"".join(parts), digest_size=20).hexdigest()

    def _touches(self, piece: int) -> set[str]:
        """Names of which the piece, when it runs, can change what they stand for."""
        fact = self._facts[piece]
        if fact.acts:
            return self._names(self._reached([piece]))
        receivers = [index for name in fact.hands_to for index in self._binders.get(name, ())]
        names = self._names(self._reached(receivers))
        return {name for name in names if self._keeps(name)}

    def _keeps(self, name: str) -> bool:
        return any(self._facts[index].keeps for index in self._binders[name])

    def _reached(self, pieces: Iterable[int]) -> set[int]:
        reached: set[int] = set()
        pending = list(pieces)
        while pending:
            index = pending.pop()
            if index in reached:
                continue
            reached.add(index)
            if self._facts[index].refers & _REACHES_ALL:
                return set(range(len(self._facts)))
            for name in self._facts[index].refers:
                pending += self._binders.get(name, ())
        return reached

    def _names(self, pieces: set[int]) -> set[str]:
        """Module-level names that the pieces bind or refer to; builtins are common to all."""
        names: set[str] = set()
        for index in pieces:
            names |= self._facts[index].binds
            names |= {name for name in self._facts[index].refers if name in self._binders}
        return names


def facts(piece: "Piece") -> Facts:
    """What `piece` contributes; of a piece that does not parse, only that its text matters."""
    if piece.issue is not None:
        digest = hashlib.blake2b(encoded(piece.text), digest_size=20).digest()
        return Facts(digest)
    binds, refers = _names(piece) if piece.tree.body else (frozenset(), frozenset())
    digest = hashlib.blake2b(b"".join(_normalised(piece.tree)), digest_size=20).digest()
    return Facts(
        digest,
        binds.union(_imported(piece.tree)),
        refers | {_STAR},
        acts=any(_acts(part) for part in piece.tree.body),
        keeps=any(_keeps(part) for part in piece.tree.body),
        hands_to=frozenset(_receivers(piece.tree)),
    )


def _names(piece: "Piece") -> tuple[frozenset[str], frozenset[str]]:
    """Module-level names that a piece binds, and those that it refers to from any scope."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            top = symtable.symtable(piece.text, "<piece>", "exec")
        except RecursionError:
            # How deep is too deep depends on how deep the caller is: parsing may have succeeded.
            every = _every_name(piece.tree)
            return every, every | _REACHES_ALL
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
            if symbol.is_declared_global() and symbol.is_assigned():
                binds.add(symbol.get_name())
    return frozenset(binds), frozenset(refers)


def _every_name(tree: ast.Module) -> frozenset[str]:
    """All that could be a name in `tree`; too many names reach too much, but never too little."""
    values = (value for part in ast.walk(tree) for _, value in ast.iter_fields(part))
    return frozenset(value.split(".")[0] for value in values if isinstance(value, str))


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def _imported(tree: ast.Module) -> Iterator[str]:
    """Packages that the statements import: two names for one package can touch the same state."""
    for statement in tree.body:
        if isinstance(statement, ast.Import):
            yield from (_ROOT + alias.name.split(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield _ROOT + (statement.module or ".").split(".")[0]
            yield from (_STAR for alias in statement.names if alias.name == "*")


def _acts(statement: ast.stmt) -> bool:
    """Whether running the statement can do more than bind a name."""
    if isinstance(statement, _DEFINING) or _is_text(statement):
        return False
    if isinstance(statement, ast.Assign):
        return not all(isinstance(target, ast.Name) for target in statement.targets)
    return not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name))


def _keeps(statement: ast.stmt) -> bool:
    """Whether what the statement binds can hold state."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return bool(statement.decorator_list)
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
