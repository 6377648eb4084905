"""Which of several names are like one that does not exist."""

import difflib
from collections.abc import Sequence

# Of two letters in three that are turned, as many are alike: `__lne__` and `__len__`.
_WITHIN = 0.6


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
    like = [each for each in like if _is_like_within(name, each)]
    return list(dict.fromkeys([*same, *like]))[:most]


def _is_like_within(name: str, other: str) -> bool:
    """Whether special names are alike in more than the underscores that all of them have."""
    if not (_is_special(name) and _is_special(other)):
        return True
    one, two = name.strip("_"), other.strip("_")
    ratio = difflib.SequenceMatcher(None, one, two).ratio()
    return ratio >= _WITHIN and abs(len(one) - len(two)) <= 1


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _letters(name: str) -> str:
    """A name without what only tells ways of writing it apart; a sign alone is itself."""
    return "".join(filter(str.isalnum, name)).casefold() or name
