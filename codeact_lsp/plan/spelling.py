"""What a misspelt name was probably meant to be."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from codeact_lsp.plan.overlay import Overlay

# Two edits in a name of eight characters are a misspelling, three make another name.
_LEAST_ALIKE = 0.75
_LETTERS_AN_EDIT = 4
# Below this a word has no letter to spare: `us` and `uk`, `x` and `y` are two words.
_SHORTEST_MISSPELT = 3
_MOST_CONSIDERED = 5
_NO_DIGIT = re.compile(r"\D+")


class _Shape(NamedTuple):
    """What a name and its misspellings have in common, but for a few letters."""

    digits: str
    length: int


class Spellings:
    """Names by their shape, so that of many only a few have to be compared; never changed."""

    def __init__(self, shapes: Mapping[_Shape, tuple[str, ...]]) -> None:
        """Take in the names of each shape, in their order."""
        self._shapes = shapes

    @classmethod
    def of(cls, names: Iterable[str]) -> "Spellings":
        """All the names."""
        shapes: dict[_Shape, list[str]] = {}
        for name in sorted(names):
            shapes.setdefault(_shape(name), []).append(name)
        return cls({shape: tuple(alike) for shape, alike in shapes.items()})

    def edited(self, come: Iterable[str], gone: Iterable[str]) -> "Spellings":
        """The names with some that were not among them, and without some that were."""
        changed: dict[_Shape, tuple[str, ...]] = {}
        for name in gone:
            before, behind = self._around(name, changed)
            changed[_shape(name)] = before + behind[1:]
        for name in come:
            before, behind = self._around(name, changed)
            changed[_shape(name)] = (*before, name, *behind)
        return Spellings(Overlay.over(self._shapes).edited(changed)) if changed else self

    def _around(
        self, name: str, changed: Mapping[_Shape, tuple[str, ...]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the shape of `name` that come before it, and those that do not."""
        shape = _shape(name)
        alike = changed[shape] if shape in changed else self._shapes.get(shape, ())
        place = bisect_left(alike, name)
        return alike[:place], alike[place:]

    def near(self, name: str) -> Iterator[str]:
        """All that `name` may be a misspelling of; most are not."""
        digits, length = _shape(name)
        least, most = round(length * _LEAST_ALIKE), round(length / _LEAST_ALIKE)
        for other in range(least, most + 1):
            yield from self._shapes.get(_Shape(digits, other), ())


def closest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` is most likely a misspelling of.

    An edit is a character too many, too few, wrong, or swapped with the next one. Names that differ
    in their digits or by a word, as `week_2`, `week_all` and `last_week` do, are meant to differ.
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


def _shape(name: str) -> _Shape:
    return _Shape(_NO_DIGIT.sub("", name), len(name))


def _are_siblings(one: str, other: str) -> bool:
    """Whether names that look alike are those of two things."""
    if _NO_DIGIT.sub("", one) != _NO_DIGIT.sub("", other):
        return True
    ours, theirs = one.split("_"), other.split("_")
    if len(ours) == len(theirs):
        return not all(map(_is_misspelt, ours, theirs))
    shorter, longer = sorted((ours, theirs), key=len)
    # An underscore too many or too few, and at most one edit besides.
    return _is_within(shorter, longer) or _edits("".join(ours), "".join(theirs)) > 1


def _is_misspelt(one: str, other: str) -> bool:
    """Whether two words may be one, each in a spelling of its own."""
    longest = max(len(one), len(other))
    return _edits(one, other) <= max(longest // _LETTERS_AN_EDIT, longest >= _SHORTEST_MISSPELT)


def _edits(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - loaded by then.

    return OSA.distance(one, other)


def _is_within(words: Iterable[str], longer: Iterable[str]) -> bool:
    """Whether `longer` has all of the words, in their order, and others between them."""
    rest = iter(longer)
    return all(word in rest for word in words)
