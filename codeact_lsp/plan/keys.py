"""Code keys: digests that change with a node's code and with what that code reaches, only."""

import hashlib
from collections.abc import Iterable, Sequence

from codeact_lsp.plan.facts import Facts
from codeact_lsp.plan.reach import Reach


def code_key(facts: Sequence[Facts], reach: Reach, roots: Iterable[int]) -> str:
    """The code key of what stands in the pieces `roots`, as a hexadecimal digest.

    Args:
        facts: The facts of all pieces of the document, in order.
        reach: The reach of the same pieces.
        roots: Indices of pieces.
    """
    first = set(roots)
    reached = reach.pieces(first)
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
