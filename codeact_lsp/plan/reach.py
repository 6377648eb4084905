"""Which pieces of a module a node reaches: what its code key covers, and what its worker runs.

A node reaches the module-level names that it, or anything it reaches, refers to. A statement that
binds nothing but acts (`CONFIG["a"] = 1`) belongs to a node when both can touch the same name. So
does a definition that hands itself to something in the module that can keep it: a decorator that
registers it, a base class that knows its subclasses. A statement that acts on what is imported
(`sys.path.insert(...)`, `pd.set_option(...)`), or on nothing of the module's (`assert`, `print`),
can matter to all code, and belongs to every node. So does what is registered with something that is
imported (`@pd.api.extensions.register_dataframe_accessor(...)`).
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import replace
from typing import NamedTuple

from codeact_lsp.plan.facts import FUTURE, REACHES_ALL, ROOT, STAR, Facts


class Edited(NamedTuple):
    """An edit: the pieces from `first` to `old_end` became those from `first` to `new_end`."""

    first: int
    old_end: int
    new_end: int

    @property
    def gone(self) -> range:
        """The pieces that are not there any more, as they were numbered."""
        return range(self.first, self.old_end)

    def moved(self, pieces: Iterable[int]) -> list[int]:
        """The numbers that pieces which are still there have now."""
        by = self.new_end - self.old_end
        return [index + by if index >= self.old_end else index for index in pieces]


class Reach:
    """Who binds what in one module, and what follows from it.

    Attributes:
        facts: Of each piece.
    """

    def __init__(self, facts: Sequence[Facts]) -> None:
        self.facts = facts
        self._binders: dict[str, list[int]] = {}
        for index, fact in enumerate(facts):
            for name in fact.binds:
                self._binders.setdefault(name, []).append(index)
        # What the names in `_touched` were found through.
        self._passed: set[int] = set()
        touched = ((index, self._touches(index)) for index in range(len(facts)))
        self._touched = {index: names for index, names in touched if names}
        self._at_large = [index for index in range(len(facts)) if self._is_at_large(index)]
        self._watched = self._names_of_acting()

    def _names_of_acting(self) -> frozenset[str] | None:
        """All names on which it depends what runs besides definitions; None if those are any."""
        passed = [self.facts[index] for index in self._passed]
        if any(fact.refers & REACHES_ALL for fact in passed):
            return None
        named = (fact.acts_on | fact.hands_to | fact.registers_with for fact in self.facts)
        return frozenset[str]().union(*named, *(fact.binds | fact.refers for fact in passed))

    def edited(self, facts: Sequence[Facts], edit: Edited) -> "Reach | None":
        """The reach of `facts`, which are those of an edited plan.

        None if the edit can change more than who refers to what it changes: see `concerned`.
        """
        before, after = self.facts[edit.first : edit.old_end], facts[edit.first : edit.new_end]
        inner = [*map(_outline, before)] == [*map(_outline, after)]
        if not (inner or self._are_plain((*before, *after))) or any(
            index in self._passed or index in self._touched for index in edit.gone
        ):
            return None
        reach = copy(self)
        reach.facts = facts
        if not inner:
            touched = zip(edit.moved(self._touched), self._touched.values(), strict=True)
            vars(reach).update(
                _binders=_bound(self._binders, before, after, edit),
                _passed=set(edit.moved(self._passed)),
                _touched=dict(touched),
                _at_large=edit.moved(self._at_large),
            )
        return reach

    def _are_plain(self, facts: Iterable[Facts]) -> bool:
        """Whether pieces do no more than bind names, with which nothing that acts has to do."""
        return self._watched is not None and all(
            not (fact.acts or fact.acts_on or fact.hands_to or fact.registers_with)
            and self._watched.isdisjoint(fact.binds)
            and not any(name == STAR or name.startswith(ROOT) for name in fact.binds)
            for fact in facts
        )

    def concerned(self, names: AbstractSet[str]) -> set[int]:
        """The pieces that bind one of `names`, or refer to it or to all that there is."""
        wanted = names | REACHES_ALL
        return {
            index
            for index, fact in enumerate(self.facts)
            if not (wanted.isdisjoint(fact.refers) and names.isdisjoint(fact.binds))
        }

    def pieces(self, roots: Iterable[int]) -> set[int]:
        """The pieces `roots`, all that they reach, and all that can touch what they reach."""
        reached = self._reached([*roots, *self._at_large])
        acting = set(self._at_large)
        names = self._names(reached)
        while new := {i for i, touched in self._touched.items() if touched & names} - acting:
            acting |= new
            found = self._reached(new)
            reached |= found
            names |= self._names(found)
        return reached

    def binders(self, names: Iterable[str]) -> list[int]:
        """The pieces that bind one of `names`."""
        return [index for name in names for index in self._binders.get(name, ())]

    def is_placed(self, piece: int) -> bool:
        """Whether it matters where the piece stands: it acts, keeps state, or binds a name anew."""
        fact = self.facts[piece]
        anew = any(self._is_bound_anew(name) for name in fact.binds if not name.startswith(ROOT))
        return anew or fact.keeps or piece in self._touched or self._is_at_large(piece)

    def _is_bound_anew(self, name: str) -> bool:
        return len(self._binders[name]) > 1 or STAR in self._binders

    def _is_at_large(self, piece: int) -> bool:
        """Whether the piece can change what all code sees, or end the module's loading."""
        fact = self.facts[piece]
        if any(map(self._is_imported, fact.registers_with)):
            return True
        if not fact.acts:
            return FUTURE in fact.binds
        own = [name for name in fact.acts_on if name in self._binders]
        return any(map(self._is_imported, own)) or not (own or fact.binds)

    def _is_imported(self, name: str) -> bool:
        binders = self._binders.get(name, ())
        return any(
            any(bound.startswith(ROOT) for bound in self.facts[index].binds) for index in binders
        )

    def _touches(self, piece: int) -> set[str]:
        """Names of which the piece, when it runs, can change what they stand for."""
        fact = self.facts[piece]
        # What it hands itself to, and what it calls to get its value, may keep or change something.
        passed = self._reached([piece] if fact.acts else self.binders(fact.hands_to | fact.acts_on))
        self._passed |= passed
        names = self._names(passed)
        return names if fact.acts else {name for name in names if self._keeps(name)}

    def _keeps(self, name: str) -> bool:
        return any(self.facts[index].keeps for index in self._binders[name])

    def _reached(self, pieces: Iterable[int]) -> set[int]:
        reached: set[int] = set()
        pending = list(pieces)
        while pending:
            index = pending.pop()
            if index in reached:
                continue
            reached.add(index)
            if self.facts[index].refers & REACHES_ALL:
                return set(range(len(self.facts)))
            for name in self.facts[index].refers:
                pending += self._binders.get(name, ())
        return reached

    def _names(self, pieces: Iterable[int]) -> set[str]:
        """Module-level names that the pieces bind or refer to; builtins are common to all."""
        names: set[str] = set()
        for index in pieces:
            names |= self.facts[index].binds
            names |= {name for name in self.facts[index].refers if name in self._binders}
        return names


def _bound(
    binders: Mapping[str, list[int]], before: Iterable[Facts], after: Iterable[Facts], edit: Edited
) -> dict[str, list[int]]:
    """Who binds each name after an edit."""
    gone = edit.gone
    stays = (
        dict(binders)
        if edit.old_end == edit.new_end
        else {
            name: edit.moved(index for index in indices if index not in gone)
            for name, indices in binders.items()
        }
    )
    names = binds(before)
    for name in names if edit.old_end == edit.new_end else ():
        stays[name] = [index for index in binders[name] if index not in gone]
    for index, fact in enumerate(after, edit.first):
        for name in fact.binds:
            stays[name] = sorted([*stays.get(name, ()), index])
    return {name: indices for name, indices in stays.items() if indices}


def binds(facts: Iterable[Facts]) -> frozenset[str]:
    """The names that some pieces bind."""
    return frozenset[str]().union(*(fact.binds for fact in facts))


def _outline(facts: Facts) -> Facts:
    """The facts without what is said in the bodies of functions."""
    return replace(facts, digest=b"", refers=frozenset()) if not facts.acts else facts
