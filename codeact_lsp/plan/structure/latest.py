"""Remember what was last derived from each piece, so that an edit costs what it touches."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from codeact_lsp.plan.piece import Piece

_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")


def latest(derive: Callable[[Piece, *_Ts], _T]) -> Callable[[Piece, *_Ts], _T]:
    """Remember, for as long as a piece lives, what `derive` made of it the last time.

    One result a piece is enough: a keystroke leaves all other pieces as they are and, as a rule,
    where they are. What `derive` returns is shared between callers, so it must not be changed.

    Args:
        derive: A pure function of a piece and of values that can be compared.
    """
    place = f"{derive.__module__}.{derive.__qualname__}"

    @wraps(derive)
    def again(piece: Piece, *arguments: *_Ts) -> _T:
        # Where a cached property would keep it; nothing else may be written on a frozen object.
        kept: dict[str, Any] = vars(piece)
        known: tuple[tuple[*_Ts], _T] | None = kept.get(place)
        if known is None or known[0] != arguments:
            known = kept[place] = (arguments, derive(piece, *arguments))
        return known[1]

    return again
