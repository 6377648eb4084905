"""Which values flow into a stretch of a function's body, and which flow out of it."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.plan.edits.function import Function, FunctionDef
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.names.queries import queried
from codeact_lsp.plan.names.scopes import Mention, Role
from codeact_lsp.plan.source import Span

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOKS_AT_NAMES = frozenset({"locals", "vars", "eval", "exec", "dir", "globals"})
# Managers that end an exception. Which of a plan's own do so, only running would tell.
_SUPPRESSING = frozenset({"suppress", "raises"})


@dataclass(frozen=True)
class Flow:
    """The names that belong to one function, and what parts of its body do with them."""

    function: Function

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions of names that the function's own scope binds."""
        return tuple(one for one in self._within(self.function.whole) if one.binder == self._scope)

    def reads(self, span: Span) -> set[str]:
        """The function's names whose values `span` needs, also through closures."""
        return {one.name for one in self._own(span) if one.role.reads}

    def writes(self, span: Span) -> set[str]:
        """The function's names that `span` binds, also through closures."""
        return {one.name for one in self._own(span) if _rebinds(one)}

    def needs(self, statements: Sequence[ast.stmt]) -> set[str]:
        """The names whose values from before the statements they may read."""
        needed: set[str] = set()
        bound: set[str] = set()
        for statement in statements:
            needed |= self.reads(self.function.span(statement)) - bound
            bound |= surely_bound([statement])
        return needed

    def closures(self, span: Span) -> set[str]:
        """The function's names that inner functions in `span` read whenever they are called."""
        return {one.name for one in self._own(span) if one.role.reads and one.scope != self._scope}

    def uses(self, name: str) -> list[Span]:
        """Where the function reads its `name`."""
        found = (one for one in self.mentions if one.name == name and one.role.reads)
        return [one.span.shifted(self.function.start) for one in found]

    def only_in(self, span: Span) -> set[str]:
        """The names that the function mentions in `span` alone, besides in its signature."""
        inside = span.shifted(-self.function.start)
        elsewhere = {
            one.name
            for one in self.mentions
            if one.role is not Role.PARAMETER
            and (one.span.start < inside.start or one.span.end > inside.end)
        }
        return {one.name for one in self.mentions} - elsewhere

    def names(self) -> set[str]:
        """Every name that is written in the function, whoever binds it, save its own."""
        mentions = self._within(self.function.whole)
        return {one.name for one in mentions if one.role is not Role.DEFINITION or one.scope}

    def check_closed(self) -> None:
        """Refuse a function of which the text does not show where all names belong.

        Raises:
            UnsoundError: A name is declared elsewhere, or looked up while the code runs.
        """
        if getattr(self.function.tree, "type_params", ()):
            raise UnsoundError(f"'{self.function.name}' has type parameters of its own.")
        for one in self._within(self.function.whole):
            if one.role is Role.DECLARATION or one.name in _LOOKS_AT_NAMES or not one.exact:
                raise UnsoundError(
                    f"The names of '{self.function.name}' cannot be followed: it says 'global' or "
                    "'nonlocal', or looks names up by 'locals', 'eval' or the like."
                )
        own = {one.name for one in self.mentions}
        if taken := own.intersection(name for name, _ in queried(self.function.tree)):
            raise UnsoundError(
                f"A query in '{self.function.name}' takes '{min(taken)}' by its name in a text."
            )

    @cached_property
    def _scope(self) -> int:
        scopes = self.function.piece.scopes
        start = self.function.piece.span(self.function.tree).start
        # Of the scopes that start there, the type parameters' is the one around the function's.
        found = [index for index, scope in enumerate(scopes.scopes) if scope.span.start == start]
        return found[-1]

    def _own(self, span: Span) -> Iterator[Mention]:
        return (one for one in self._within(span) if one.binder == self._scope)

    def _within(self, span: Span) -> Iterator[Mention]:
        return self.function.piece.scopes.within(span.shifted(-self.function.start))


def surely_bound(statements: Iterable[ast.stmt]) -> set[str]:
    """The names that are bound once the statements have run to their end."""
    bound: set[str] = set()
    for statement in statements:
        bound |= _bound(statement)
    return bound


def _bound(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            targets = [item.optional_vars for item in items if item.optional_vars]
            cut_short = any(_suppresses(item.context_expr) for item in items)
            return {*_targets(targets), *(() if cut_short else surely_bound(body))}
        case ast.If(body=body, orelse=orelse):
            return _either([body, orelse])
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            tried = [[*body, *orelse], *(handler.body for handler in handlers)]
            return _either(tried) | surely_bound(final)
        case _:
            return set(_bound_at_once(statement))


def _bound_at_once(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(targets=targets):
            yield from _targets(targets)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            yield name
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name.split(".")[0] for alias in aliases)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case _:
            pass


def _suppresses(manager: ast.expr) -> bool:
    """Whether the block of a `with` may end before its end, and the function go on."""
    match manager:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _SUPPRESSING
        case _:
            return False


def _either(branches: Sequence[list[ast.stmt]]) -> set[str]:
    """What each branch binds that does not end the function."""
    going_on = [branch for branch in branches if not (branch and _leaves(branch[-1]))]
    return set.intersection(*map(surely_bound, going_on)) if going_on else set()


def _leaves(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Return | ast.Raise)


def _targets(targets: Sequence[ast.expr]) -> Iterator[str]:
    for target in targets:
        match target:
            case ast.Name(id=name):
                yield name
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                yield from _targets(parts)
            case ast.Starred(value=part):
                yield from _targets([part])
            case _:
                pass


def own_parts(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All that the statements consist of, without what inner functions and classes do."""
    pending = list(statements)
    while pending:
        part = pending.pop()
        yield part
        if not isinstance(part, _SCOPES):
            pending += ast.iter_child_nodes(part)


def awaits(statements: Iterable[ast.AST]) -> bool:
    """Whether the statements can stand in an `async def` only."""
    return any(
        isinstance(part, ast.Await | ast.AsyncFor | ast.AsyncWith)
        or (isinstance(part, ast.comprehension) and part.is_async)
        for part in own_parts(statements)
    )


def yields(statements: Iterable[ast.AST]) -> bool:
    """Whether the statements make their function a generator."""
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in own_parts(statements))


def returns(function: FunctionDef) -> list[ast.Return]:
    """The function's own `return` statements."""
    return [part for part in own_parts(function.body) if isinstance(part, ast.Return)]


def _rebinds(mention: Mention) -> bool:
    return mention.role.binds and mention.role is not Role.PARAMETER
