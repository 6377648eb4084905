"""Code keys: digests that change with a node's code and with what that code reaches, only."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from codeact_lsp.plan.document import Document, difference
from codeact_lsp.plan.facts import Facts
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.reach import Edited, Reach, binds


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
        edit = Edited(*difference(self.document, document)[1:])
        facts = _facts(document.pieces)
        reach = self.reach.edited(facts, edit)
        if reach is None:
            return CodeKeys.of(document, nodes)
        stays = self._staying(reach, edit)
        reached: dict[str, AbstractSet[int]] = {}
        keys: dict[str, str] = {}
        for name in nodes:
            known = stays.get(name)
            reached[name] = reach.pieces(reach.binders([name])) if known is None else known
            keys[name] = (
                _key(facts, reach, name, reached[name]) if known is None else self.keys[name]
            )
        return CodeKeys(document, reach, reached, keys)

    def _staying(self, reach: Reach, edit: Edited) -> dict[str, AbstractSet[int]]:
        """The nodes that an edit does not concern, with the pieces that their keys cover now."""
        gone = frozenset(edit.gone)
        before = binds(self.reach.facts[edit.first : edit.old_end])
        concerned = reach.concerned(before ^ binds(reach.facts[edit.first : edit.new_end]))
        is_moved = edit.old_end != edit.new_end
        found: dict[str, AbstractSet[int]] = {}
        for name, pieces in self.reached.items():
            if gone.isdisjoint(pieces):
                now = frozenset(edit.moved(pieces)) if is_moved else pieces
                if concerned.isdisjoint(now):
                    found[name] = now
        return found

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
