"""Remember what was last derived from each part of a plan, so that an edit costs what it hits."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.pieces import PieceBlock

_Part = TypeVar("_Part", Piece, PieceBlock)
_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")


def latest(derive: Callable[[_Part, *_Ts], _T]) -> Callable[[_Part, *_Ts], _T]:
    """Remember, for as long as a piece or some in a row live, what `derive` last made of them.

    One result each is enough: a keystroke leaves all other pieces as they are and, as a rule,
    where they are. What `derive` returns is shared between callers, so it must not be changed.

    Args:
        derive: A pure function of the part and of values that can be compared.
    """
    place = f"{derive.__module__}.{derive.__qualname__}"

    @wraps(derive)
    def again(part: _Part, *arguments: *_Ts) -> _T:
        # Where a cached property would keep it; nothing else may be written on a frozen object.
        kept: dict[str, Any] = vars(part)
        known: tuple[tuple[*_Ts], _T] | None = kept.get(place)
        if known is None or known[0] != arguments:
            known = kept[place] = (arguments, derive(part, *arguments))
        return known[1]

    return again
