"""What an annotation means, as small values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """Any type, or one of which nothing is known: whatever is asked about it may be so."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of one class.

    Attributes:
        kind: A class of the standard library; else the dotted name of a library's class, or of
            the plan's own with a dot before it.
        args: What it holds; empty when the annotation does not say.
        bases: What else the object is. Of a class of the standard library, the class knows.
    """

    kind: type | str
    args: tuple["Term", ...] = ()
    bases: tuple["Term", ...] = ()


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A tuple of known length. `tuple[int, ...]` is an `Instance`."""

    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several; no member is a union, and at most one a `LiteralOf`."""

    members: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class LiteralOf:
    """One of some values, each as its class and its `repr` (`True` is no `1`)."""

    values: frozenset[tuple[type, str]]


Term = Unknown | Instance | TupleOf | UnionOf | LiteralOf

UNKNOWN = Unknown()
NONE = Instance(type(None))


def union(members: tuple[Term, ...]) -> Term:
    """The union of `members`, flat and with their literals in one; unknown if there are none."""
    flat = [part for term in members for part in _members(term)]
    literals = [part.values for part in flat if isinstance(part, LiteralOf)]
    if literals:
        flat = [part for part in flat if not isinstance(part, LiteralOf)]
        flat.append(LiteralOf(frozenset().union(*literals)))
    different = tuple(dict.fromkeys(flat))
    if len(different) > 1:
        return UnionOf(different)
    return different[0] if different else UNKNOWN


def _members(term: Term) -> tuple[Term, ...]:
    return term.members if isinstance(term, UnionOf) else (term,)
