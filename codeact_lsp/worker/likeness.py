"""Which of several names are like one that does not exist."""

import difflib
from collections.abc import Sequence


def closest(name: str, names: Sequence[str], most: int, cutoff: float) -> list[str]:
    """Those spelt like it, closest first: before all others, what is only written otherwise.

    Args:
        name: What does not exist.
        names: What does.
        most: How many to give.
        cutoff: How much alike they have to be, from 0 to 1.
    """
    same = [each for each in names if _letters(each) == _letters(name)]
    like = difflib.get_close_matches(name, names, most, cutoff)
    return list(dict.fromkeys([*same, *like]))[:most]


def _letters(name: str) -> str:
    """A name without what only tells ways of writing it apart; a sign alone is itself."""
    return "".join(filter(str.isalnum, name)).casefold() or name
