"""What a misspelt name was probably meant to be."""

import re
from collections.abc import Iterable

# Two edits in a name of eight characters are a misspelling, three make another name.
_LEAST_ALIKE = 0.75
_MOST_CONSIDERED = 5
_NO_DIGIT = re.compile(r"\D+")


def closest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` is most likely a misspelling of.

    An edit is a character too many, too few, wrong, or swapped with the next one. Names that differ
    in their digits or by a word at the end, as `week_2` and `week_all` do, are meant to differ.
    """
    from rapidfuzz import process  # noqa: PLC0415 - 30 ms that a plan without typos saves.
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above.

    found = process.extract(
        name,
        list(names),
        scorer=OSA.normalized_similarity,
        limit=_MOST_CONSIDERED,
        score_cutoff=_LEAST_ALIKE,
    )
    return next((near for near, *_ in found if not _are_siblings(name, near)), None)


def did_you_mean(name: str | None) -> str:
    """The hint at a name that was found, to be put behind a message; empty if none was."""
    return f" Did you mean '{name}'?" if name else ""


def _are_siblings(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if _NO_DIGIT.sub("", one) != _NO_DIGIT.sub("", other):
        return True
    return longer.startswith(f"{shorter}_")
