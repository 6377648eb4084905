"""Keystrokes at random places of a plan, by kind."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BODY = re.compile(r"(?<=\n    level = _bounded)_\d+")
_SUMMARY = re.compile(r'(?<=\n    """The )\w+ of the month')
_PARAMETER = re.compile(r"(?<=\()\w+(?=: )|(?<=, )\w+(?=: )|(?<=\n    )\w+(?=: [^\n]+,\n)")
_DEF_NAME = re.compile(r"(?<=\ndef )[a-z]\w+")
_STATEMENT_END = re.compile(r"(?<=\.5\))\n")
_GAP = re.compile(r"(?<=\n\n\n)(?=def [a-z])")


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` is replaced by `new`; `old` is what it was."""

    start: int
    end: int
    old: str
    new: str

    @property
    def undone(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.start, self.start + len(self.new), self.new, self.old)

    def apply(self, text: str) -> str:
        """The text after the edit."""
        return text[: self.start] + self.new + text[self.end :]


@dataclass(frozen=True)
class Kind:
    """A kind of edit. With `closing`, taking it back is a kind of its own, by that name."""

    name: str
    places: re.Pattern[str]
    typed: Callable[[Random, int], str]
    inside: bool = True
    closing: str | None = None


def _letter(random: Random, _number: int) -> str:
    return random.choice(_LETTERS)


def _pasted(random: Random, number: int) -> str:
    return f'''def pasted_{number:04}(limit_{number:04}: int = {random.randint(1, 99)}) -> float:
    """A function from the clipboard.

    Timeout: 5 s
    """
    figures = [float(limit_{number:04})]
    return fmean(figures)


'''


KINDS: tuple[Kind, ...] = (
    Kind("letter in a body", _BODY, _letter),
    Kind("letter in a docstring", _SUMMARY, _letter),
    Kind("letter in a parameter", _PARAMETER, _letter),
    Kind("letter in a def name", _DEF_NAME, _letter),
    Kind("newline", _STATEMENT_END, lambda _random, _number: "\n    ", inside=False),
    Kind(
        "triple quote opened",
        _STATEMENT_END,
        lambda _random, _number: '\n    """',
        inside=False,
        closing="triple quote closed",
    ),
    Kind(
        "bracket opened",
        _STATEMENT_END,
        lambda _random, _number: "\n    (",
        inside=False,
        closing="bracket closed",
    ),
    Kind("function pasted", _GAP, _pasted, inside=False),
)


class Typist:
    """Makes edits of a text, the same for the same text and seed."""

    def __init__(self, text: str, seed: int = 1) -> None:
        self._random = Random(seed)  # noqa: S311 - has to repeat itself.
        self._places = {
            kind: [each.span() for each in kind.places.finditer(text)] for kind in KINDS
        }
        self._number = 0

    def edit(self, kind: Kind) -> Edit:
        """An edit of that kind of the text as it was given, somewhere."""
        start, end = self._random.choice(self._places[kind])
        at = self._random.randint(start + 1, end) if kind.inside else start
        self._number += 1
        return Edit(at, at, "", kind.typed(self._random, self._number))

    def round(self) -> Iterator[tuple[Kind, Edit]]:
        """One edit of each kind, in random order."""
        for kind in self._random.sample(KINDS, len(KINDS)):
            yield kind, self.edit(kind)

    def any(self) -> Edit:
        """An edit of any kind."""
        return self.edit(self._random.choice(KINDS))
