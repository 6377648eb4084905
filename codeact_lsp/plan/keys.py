"""Code keys: digests that change with a node's code and with what that code reaches, only."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from codeact_lsp.plan.document import Document, difference
from codeact_lsp.plan.facts import Facts
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.reach import Reach


@dataclass(frozen=True)
class CodeKeys:
    """The code keys of one snapshot of a plan.

    Attributes:
        reached: For each node, the pieces that its key covers.
        keys: For each node, its key, as a hexadecimal digest.
    """

    document: Document
    reach: Reach
    reached: Mapping[str, AbstractSet[int]]
    keys: Mapping[str, str]

    @classmethod
    def of(cls, document: Document, nodes: Iterable[str]) -> "CodeKeys":
        """The keys of all `nodes`."""
        facts = _facts(document.pieces)
        reach = Reach(facts)
        reached = {name: reach.pieces(reach.binders([name])) for name in nodes}
        keys = {name: _key(facts, reach, name, covered) for name, covered in reached.items()}
        return cls(document, reach, reached, keys)

    def edited(self, document: Document, nodes: Mapping[str, object]) -> "CodeKeys":
        """The keys of `nodes` in an edited document; those that the edit cannot change stay."""
        _, first, old_end, new_end = difference(self.document, document)
        facts = _facts(document.pieces)
        reach = self.reach.edited(facts, first, new_end) if old_end == new_end else None
        if reach is None or self.keys.keys() != nodes.keys():
            return CodeKeys.of(document, nodes)
        edited = range(first, new_end)
        reached, keys = dict(self.reached), dict(self.keys)
        for name, before in self.reached.items():
            if not before.isdisjoint(edited):
                reached[name] = reach.pieces(reach.binders([name]))
                keys[name] = _key(facts, reach, name, reached[name])
        return CodeKeys(document, reach, reached, keys)

    def of_names(self, names: Iterable[str]) -> str:
        """A digest of all code behind the module-level `names`."""
        roots = self.reach.binders(names)
        return _digest(_facts(self.document.pieces), self.reach, roots, self.reach.pieces(roots))


def _key(facts: Sequence[Facts], reach: Reach, node: str, reached: AbstractSet[int]) -> str:
    return _digest(facts, reach, reach.binders([node]), reached)


def _digest(
    facts: Sequence[Facts], reach: Reach, roots: Iterable[int], reached: AbstractSet[int]
) -> str:
    """The digest of what stands in the pieces `roots` and in all that they reach."""
    first = set(roots)
    # Sorted by content, not by place: where a function, an import or a constant is defined changes
    # nothing. Where something acts, is bound anew or is made by running code, can.
    placed = {piece for piece in reached if reach.is_placed(piece)}
    defining = sorted(facts[piece].digest for piece in reached - placed - first)
    parts = [
        *sorted(facts[piece].digest for piece in first),
        *defining,
        b"|",
        *(facts[piece].digest for piece in sorted(placed)),
    ]
    return hashlib.blake2b(b"".join(parts), digest_size=20).hexdigest()


def _facts(pieces: Sequence[Piece]) -> list[Facts]:
    return [piece.facts for piece in pieces]
