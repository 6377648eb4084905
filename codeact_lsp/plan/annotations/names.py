"""What the module-level names of a whole plan stand for in its annotations."""

import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from codeact_lsp.plan.annotations.meanings import OPAQUE, Imported, Meaning
from codeact_lsp.plan.facts import STAR

if TYPE_CHECKING:
    from codeact_lsp.plan.piece import Piece

_BUILTIN = frozenset(vars(builtins))


@dataclass(frozen=True, eq=False)
class Names:
    """The meaning of each name that can matter; plans that agree in these share one object.

    Answers about annotations are remembered with the object, so equality is identity.
    """

    meanings: Mapping[str, Meaning]

    def meaning(self, name: str) -> Meaning:
        """What `name` stands for at module level."""
        if STAR in self.meanings:
            return OPAQUE
        if name in self.meanings:
            return self.meanings[name]
        return Imported(f"builtins.{name}") if name in _BUILTIN else OPAQUE

    def holds(self, edited: "Iterable[Piece]") -> bool:
        """Whether nothing that the pieces of an edit bind, before or after it, can matter."""
        return all(
            meaning is OPAQUE and name != STAR and not (name in _BUILTIN or name in self.meanings)
            for piece in edited
            for name, meaning in piece.meanings
        )


def names_of(pieces: "Iterable[Piece]") -> Names:
    """The names of the plan that consists of `pieces`.

    A name that is bound to different things stands for something unknown, since which of them an
    annotation sees depends on what runs.
    """
    found: dict[str, Meaning] = {}
    for piece in pieces:
        for name, meaning in piece.meanings:
            found[name] = meaning if found.get(name, meaning) == meaning else OPAQUE
    return _names(frozenset(item for item in found.items() if _matters(*item)))


def _matters(name: str, meaning: Meaning) -> bool:
    """Whether the name is not one of the many that stand for nothing known anyway."""
    return meaning is not OPAQUE or name == STAR or name in _BUILTIN


# A keystroke seldom changes an import or a class: the plan before it had the same names.
@lru_cache(maxsize=64)
def _names(meanings: frozenset[tuple[str, Meaning]]) -> Names:
    return Names(dict(meanings))
