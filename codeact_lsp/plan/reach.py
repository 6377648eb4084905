"""Which pieces of a module a node reaches: what its code key covers, and what its worker runs.

A node reaches the module-level names that it, or anything it reaches, refers to. A statement that
binds nothing but acts (`CONFIG["a"] = 1`) belongs to a node when both can touch the same name. So
does a definition that hands itself to something in the module that can keep it: a decorator that
registers it, a base class that knows its subclasses. A statement that acts on what is imported
(`sys.path.insert(...)`, `pd.set_option(...)`), or on nothing of the module's (`assert`, `print`),
can matter to all code, and belongs to every node. So does what is registered with something that is
imported (`@pd.api.extensions.register_dataframe_accessor(...)`).
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace

from codeact_lsp.plan.facts import FUTURE, REACHES_ALL, ROOT, STAR, Facts


class Reach:
    """Who binds what in one module, and what follows from it."""

    def __init__(self, facts: Sequence[Facts]) -> None:
        self._facts = facts
        self._binders: dict[str, list[int]] = {}
        for index, fact in enumerate(facts):
            for name in fact.binds:
                self._binders.setdefault(name, []).append(index)
        # What the names in `_touched` were found through.
        self._passed: set[int] = set()
        touched = ((index, self._touches(index)) for index in range(len(facts)))
        self._touched = {index: names for index, names in touched if names}
        self._at_large = [index for index in range(len(facts)) if self._is_at_large(index)]

    def edited(self, facts: Sequence[Facts], first: int, end: int) -> "Reach | None":
        """The reach of `facts`, of which those from `first` to `end` are others.

        None if the edit can change more than what the nodes that reach these pieces refer to.
        """
        edited = range(first, end)
        inner = all(
            _outline(facts[index]) == _outline(self._facts[index])
            and index not in self._passed
            and index not in self._touched
            for index in edited
        )
        if len(facts) != len(self._facts) or not inner:
            return None
        reach = copy(self)
        reach._facts = facts  # noqa: SLF001 - a copy of this very object.
        return reach

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
        fact = self._facts[piece]
        anew = any(self._is_bound_anew(name) for name in fact.binds if not name.startswith(ROOT))
        return anew or fact.keeps or piece in self._touched or self._is_at_large(piece)

    def _is_bound_anew(self, name: str) -> bool:
        return len(self._binders[name]) > 1 or STAR in self._binders

    def _is_at_large(self, piece: int) -> bool:
        """Whether the piece can change what all code sees, or end the module's loading."""
        fact = self._facts[piece]
        if any(map(self._is_imported, fact.registers_with)):
            return True
        if not fact.acts:
            return FUTURE in fact.binds
        own = [name for name in fact.acts_on if name in self._binders]
        return any(map(self._is_imported, own)) or not (own or fact.binds)

    def _is_imported(self, name: str) -> bool:
        binders = self._binders.get(name, ())
        return any(
            any(bound.startswith(ROOT) for bound in self._facts[index].binds) for index in binders
        )

    def _touches(self, piece: int) -> set[str]:
        """Names of which the piece, when it runs, can change what they stand for."""
        fact = self._facts[piece]
        # What it hands itself to, and what it calls to get its value, may keep or change something.
        passed = self._reached([piece] if fact.acts else self.binders(fact.hands_to | fact.acts_on))
        self._passed |= passed
        names = self._names(passed)
        return names if fact.acts else {name for name in names if self._keeps(name)}

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
            if self._facts[index].refers & REACHES_ALL:
                return set(range(len(self._facts)))
            for name in self._facts[index].refers:
                pending += self._binders.get(name, ())
        return reached

    def _names(self, pieces: Iterable[int]) -> set[str]:
        """Module-level names that the pieces bind or refer to; builtins are common to all."""
        names: set[str] = set()
        for index in pieces:
            names |= self._facts[index].binds
            names |= {name for name in self._facts[index].refers if name in self._binders}
        return names


def _outline(facts: Facts) -> Facts:
    """The facts without what is said in the bodies of functions."""
    return replace(facts, digest=b"", refers=frozenset()) if not facts.acts else facts
