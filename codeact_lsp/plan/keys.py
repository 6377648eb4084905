"""Code keys: digests that change with a node's code and with what that code reaches, only.

A node reaches the module-level names that it, or anything it reaches, refers to. A statement that
binds nothing but acts (`pd.set_option(...)`, `CONFIG["a"] = 1`) belongs to a node when the two can
touch the same name. So does a definition that hands itself to something in the module that can keep
it: a decorator that registers it, a base class that knows its subclasses.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from codeact_lsp.plan.facts import REACHES_ALL, ROOT, Facts

if TYPE_CHECKING:
    from codeact_lsp.plan.document import Piece


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
        rebinding = {
            index
            for name, binders in self._binders.items()
            for index in binders
            if len(binders) > 1 and not name.startswith(ROOT)
        }
        self._placed = rebinding.union(index for index, fact in enumerate(facts) if fact.keeps)
        touched = ((index, self._touches(index)) for index in range(len(facts)))
        self._touched = {index: names for index, names in touched if names}

    def key(self, piece: int) -> str:
        reached = self._reached([piece])
        acting = self._add_acting(reached)
        # Sorted by content, not by place: where a function, an import or a constant is defined
        # changes nothing. Where something acts, is bound anew or is made by running code, can.
        placed = acting | (reached & self._placed)
        defining = sorted(self._facts[index].digest for index in reached - placed - {piece})
        acted = [self._facts[index].digest for index in sorted(placed)]
        parts = [self._facts[piece].digest, *defining, b"|", *acted]
        return hashlib.blake2b(b"".join(parts), digest_size=20).hexdigest()

    def _add_acting(self, reached: set[int]) -> set[int]:
        """Add to `reached` what can touch it, and what that reaches in turn, until nothing can."""
        acting: set[int] = set()
        names = self._names(reached)
        while new := {i for i, touched in self._touched.items() if touched & names} - acting:
            acting |= new
            found = self._reached(new)
            reached |= found
            names |= self._names(found)
        return acting

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
            if self._facts[index].refers & REACHES_ALL:
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
