"""A text of Python, where its parts stand, and what slips are made of."""

import ast
import random
from collections.abc import Callable, Iterator
from itertools import accumulate


class Text:
    """Where the parts of a text stand, which is all ASCII."""

    def __init__(self, text: str) -> None:
        self.whole = text
        lengths = map(len, text.splitlines(keepends=True))
        self._starts = list(accumulate(lengths, initial=0))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a part begins and ends."""
        lines = (node.lineno, node.end_lineno)  # type: ignore[attr-defined]  # what parts have
        columns = (node.col_offset, node.end_col_offset)  # type: ignore[attr-defined]  # as above
        return (
            self._starts[lines[0] - 1] + columns[0],
            self._starts[lines[1] - 1] + columns[1],
        )

    def of(self, node: ast.AST) -> str:
        """A part as it is written."""
        start, end = self.span(node)
        return self.whole[start:end]


Changes = Iterator[tuple[tuple[int, int], str]]
"""Places, and what is written there instead."""
Kind = Callable[[ast.AST, Text, random.Random], Changes]
"""What makes slips of a kind of a part."""


def mistyped(word: str, chance: random.Random) -> str:
    """A word with two letters in the wrong order, one twice, or one left out."""
    at = chance.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice([swapped, word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :]])
