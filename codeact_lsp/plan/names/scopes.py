"""Which scope binds each name of a piece, by Python's own rules, and where each name is written.

def growth(orders):                    # `orders`: bound by the function
    return [o / total(orders)          # `total`: by the module, or built in
            for o in orders]           # `o`: by the comprehension
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from codeact_lsp.plan.names.mentions import (
    MODULE,
    Keyword,
    Mention,
    Role,
    Scope,
    ScopeKind,
    binder_of,
)
from codeact_lsp.plan.source import Span

__all__ = ["MODULE", "Keyword", "Mention", "Role", "Scope", "ScopeKind", "Scopes"]


@dataclass(frozen=True)
class Scopes:
    """The scopes of a piece, and all mentions of names in the order of the text.

    All spans are relative to the piece. A piece that does not parse has no mentions.
    """

    scopes: tuple[Scope, ...]
    mentions: tuple[Mention, ...] = ()
    keywords: tuple[Keyword, ...] = ()

    def at(self, offset: int) -> Mention | None:
        """The exact mention that a caret at `offset` touches; of two that meet, the second."""
        after = bisect_right(self._starts, offset)
        near = reversed(self.mentions[max(after - 2, 0) : after])
        return next((one for one in near if one.exact and offset in one.span), None)

    def of(self, name: str, binder: int) -> tuple[Mention, ...]:
        """All mentions of the `name` that scope `binder` binds."""
        return tuple(one for one in self.named(name) if one.binder == binder)

    def named(self, name: str) -> Sequence[Mention]:
        """All mentions of any `name`."""
        return self._by_name.get(name, ())

    def within(self, span: Span) -> Iterator[Mention]:
        """The mentions in a stretch of the text, in order."""
        first = bisect_right(self._starts, span.start - 1)
        for one in self.mentions[first : bisect_right(self._starts, span.end)]:
            if one.span.end <= span.end:
                yield one

    def function(self, name_span: Span) -> int | None:
        """The scope of the function whose name is written at `name_span`."""
        return next(
            (index for index, scope in enumerate(self.scopes) if scope.name_span == name_span), None
        )

    def parameter_uses(self, name_span: Span, parameter: str) -> tuple[Mention, ...]:
        """All mentions of a parameter of the function at `name_span`, its own place included."""
        scope = self.function(name_span)
        return () if scope is None else self.of(parameter, scope)

    def undecided(self, name: str) -> Mention | None:
        """A read of `name` of which only running tells whose it is; None if there is none.

        A class body that binds a name reads the module's until it has bound its own.
        """
        for one in self.named(name):
            opened = self.scopes[one.binder]
            if one.role.reads and one.binder == one.scope and opened.kind is ScopeKind.CLASS:
                return one
        return None

    def is_in_class(self, scope: int) -> bool:
        """Whether code in `scope` is part of a class, where a name such as `__x` is private."""
        while scope != MODULE:
            if self.scopes[scope].kind is ScopeKind.CLASS:
                return True
            scope = self.scopes[scope].parent
        return False

    def module_reads(self, span: Span) -> frozenset[str]:
        """What the code in `span` reads that no function binds: the module's names, built-ins."""
        return frozenset(
            one.name for one in self.within(span) if one.role.reads and one.binder == MODULE
        )

    def changed_by_renaming(self, old: str, binders: Collection[int], new: str) -> Mention | None:
        """A mention that would mean something else if `old` were called `new`; None if none.

        Args:
            old: The name.
            binders: The scopes whose `old` is renamed, each with all its mentions.
            new: What it is to be called.
        """
        taken = (one for one in self.named(new) if one.binder in binders)
        return next(taken, None) or self._changed(old, new, binders)

    def _changed(self, old: str, new: str, binders: Collection[int]) -> Mention | None:
        """Look every mention of both names up again, in the scopes as they would be."""
        declaring = (
            {one.scope for one in self.named(old) if one.role is Role.DECLARATION}
            if MODULE in binders
            else set[int]()
        )
        after = tuple(
            _renamed(scope, old, new, binds=index in binders, declares=index in declaring)
            for index, scope in enumerate(self.scopes)
        )
        for one in (*self.named(old), *self.named(new)):
            moved = one.name == old and one.binder in binders
            if binder_of(after, one.scope, new if moved else one.name) != one.binder:
                return one
        return None

    @cached_property
    def _starts(self) -> list[int]:
        return [one.span.start for one in self.mentions]

    @cached_property
    def _by_name(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for one in self.mentions:
            found.setdefault(one.name, []).append(one)
        return found


def _renamed(scope: Scope, old: str, new: str, *, binds: bool, declares: bool) -> Scope:
    if not (binds or declares):
        return scope
    own = (scope.binds - {old}) | {new} if binds else scope.binds
    declared = scope.global_names
    if declares and old in declared:
        declared = (declared - {old}) | {new}
    return replace(scope, binds=own, global_names=declared)
