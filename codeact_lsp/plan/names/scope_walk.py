"""What the walk over a piece collects: scopes being read, mentions, calls; and how they end up."""

import ast
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from codeact_lsp.plan.names.mentions import (
    MODULE,
    Keyword,
    Mention,
    Role,
    Scope,
    ScopeKind,
    binder_of,
)
from codeact_lsp.plan.names.quoted import View
from codeact_lsp.plan.names.scopes import Scopes
from codeact_lsp.plan.source import Span

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece


@dataclass
class Draft:
    """A scope while its body is being read.

    Attributes:
        private: What the names `__x` in it are prefixed with, behind an underscore.
    """

    kind: ScopeKind
    span: Span
    parent: int = MODULE
    name_span: Span | None = None
    private: str = ""
    bound: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)

    def finished(self) -> Scope:
        """The scope, now that all of it has been read."""
        binds = frozenset(self.bound - self.global_names - self.nonlocal_names)
        declared = frozenset(self.global_names)
        return Scope(self.kind, self.span, self.parent, self.name_span, binds, declared)


class Place(NamedTuple):
    """Where in the walk a node is met.

    Attributes:
        annotates: Whether it is part of an annotation, in which a string is an expression.
        quoted: Whether it is part of such a string.
    """

    scope: int
    view: View
    annotates: bool = False
    quoted: bool = False


class Walk:
    """A walk over the tree of a piece. Not recursive: trees can be deeper than Python's stack."""

    def __init__(self, piece: "Piece") -> None:
        self.source = piece.source
        self.drafts = [Draft(ScopeKind.MODULE, Span(0, len(piece.text)))]
        self.pending: list[tuple[ast.AST, Place]] = []
        self._written: list[tuple[str, Span, Role, Place, bool, bool]] = []
        self._calls: list[tuple[int, Keyword]] = []
        self.push([piece.tree], Place(MODULE, View(piece.source)))

    def push(self, nodes: Iterable[ast.AST | None], place: Place) -> None:
        """Have nodes walked over."""
        self.pending += [(node, place) for node in nodes if node is not None]

    def open(self, kind: ScopeKind, node: ast.expr | ast.stmt, place: Place) -> Place:
        """Open a scope; return where what belongs to it is met."""
        private = self.drafts[place.scope].private
        self.drafts.append(Draft(kind, place.view.span(node), place.scope, private=private))
        return Place(len(self.drafts) - 1, place.view)

    def mention(
        self, name: str, span: Span, role: Role, place: Place, *, foreign: bool = False
    ) -> None:
        """Take down that a name is written at `span`; who binds it shows in the end."""
        draft = self.drafts[place.scope]
        name = self.mangled(name, place)
        spelt = "" if place.view.whole else place.view.text(span)
        exact = spelt == name or (
            not spelt.isascii() and unicodedata.normalize("NFKC", spelt) == name
        )
        self._written.append((name, span, role, place, exact, foreign))
        if role.binds:
            draft.bound.add(name)

    def call(self, call: Keyword, place: Place) -> None:
        """Take down a keyword of a call."""
        self._calls.append((place.scope, call))

    def mangled(self, name: str, place: Place) -> str:
        """A name as the body of a class writes it, as Python knows it."""
        private = self.drafts[place.scope].private
        hidden = private and name.startswith("__") and not name.endswith("__")
        return f"_{private}{name}" if hidden else name

    def scopes(self) -> Scopes:
        """All scopes, and all mentions with the scopes that bind them."""
        finished = tuple(draft.finished() for draft in self.drafts)
        mentions = [
            Mention(
                name,
                span,
                role,
                place.scope,
                binder_of(finished, place.scope, name),
                exact,
                place.quoted,
                foreign,
            )
            for name, span, role, place, exact, foreign in self._written
        ]
        calls = [
            call for scope, call in self._calls if binder_of(finished, scope, call.callee) == MODULE
        ]
        mentions.sort(key=lambda one: (one.span.start, one.span.end))
        return Scopes(finished, tuple(mentions), tuple(calls))
