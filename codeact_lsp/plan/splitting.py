"""Cut a text at its top-level statements, without parsing it.

A Python file is a sequence of statements. When every cut-out chunk parses as a file of its own, the
statements of the whole are the chunks' statements one after another, so the cutter may be a
heuristic: merging too much is harmless, and a chunk that does not parse shows itself.

One quote too many turns all strings behind it inside out. So a string that holds a definition at
column 0 is suspect: where what follows it cannot be code, the text is cut at that definition, and
the damage stays in one chunk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from codeact_lsp.plan.syntax import BYTE_ORDER_MARK, is_wrong

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<triple>\"\"\"|''')
  | (?P<string>"(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*"? | '(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*'?)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<continuation>\\(?:\r\n|\r|\n))
  | (?P<newline>\r\n|\r|\n)
    """,
    re.VERBOSE,
)
_TRIPLE_END = {
    '"""': re.compile(r'(?:[^"\\]|\\[\s\S]|"(?!""))*"""'),
    "'''": re.compile(r"(?:[^'\\]|\\[\s\S]|'(?!''))*'''"),
}
# Lines in which nothing is left open, each followed by an indented or empty one: passed over at
# once, since most of a plan is made of them. A string is one of them if no line of it, but for its
# first, has anything at column 0.
_CODE = r"""[^"'\\\#\r\n\f()\[\]{}]"""
_STRING = r"""(?:"(?!"")[^"\\\r\n]*"|'(?!'')[^'\\\r\n]*')"""
_FLAT = rf"[(\[{{](?:{_CODE}|{_STRING})*+[)\]}}]"
_NESTED = rf"[(\[{{](?:{_CODE}|{_STRING}|{_FLAT})*+[)\]}}]"
_LINE_END = r"(?>\r\n|\r|\n)"
_INDENTED = rf"{_LINE_END}(?=[ \t\r\n])"
_TRIPLE = "|".join(
    rf"{quote * 3}(?:[^{quote}\\\r\n]|{quote}(?!{quote * 2})|{_INDENTED})*+{quote * 3}"
    for quote in "\"'"
)
_CLOSED = rf"(?:{_CODE}|{_STRING}|{_NESTED}|{_TRIPLE}|\#[^\r\n]*)*+"
_END = rf"{_INDENTED}(?![ \t]*\f)"
# Early versions of Python 3.11 go on behind a part that did not match in such a repetition
# (github.com/python/cpython/issues/101955). There all lines are looked at, which is only slower.
_SOUND = re.fullmatch(r"(?:a|[(](?:b|c)*+[)])*+[(]", "a(") is not None
_CLOSED_LINES = re.compile(rf"(?:(?:[ \t]{_CLOSED})?{_END})*+" if _SOUND else "")
_CLOSED_CHUNK = re.compile(rf"(?:{_CLOSED}{_END}{_CLOSED_LINES.pattern})?" if _SOUND else "")
_CLAUSE = re.compile(r"(?:else|elif|except|finally)\b")
# To Python, the column behind a form feed, or a backslash and a line end, is the first one.
_DECORATOR = re.compile(r"(?:[ \t]*\f|\\(?:\r\n|\r|\n))*@")
# Inside brackets or strings these cannot start a line at column 0 of working code (a string may
# hold them, which is why strings are only searched once a chunk is known not to parse).
# Nobody writes more decorators; without a limit, each line of a long list of them reads the rest.
_DECORATORS = r"(?:@[^\r\n]*+(?:\r\n|\r|\n)){0,50}+"
_DECORATED_LINE = re.compile(rf"{_DECORATORS}[^\r\n]*")
_DEFINITION = rf"{_DECORATORS}(?:async[ \t]+def|def|class)[ \t]+\w"
_HARD_HEAD = re.compile(_DEFINITION)
_HARD_LINE = re.compile(rf"(?:\A|(?<=[\r\n])){_DEFINITION}")
# A backslash joins its line to the next one, which may be a clause.
_NO_STATEMENT = " \t\f\r\n#\\"


class Boundary(NamedTuple):
    """Where a top-level statement starts, and how far the cutter had to look to know that."""

    offset: int
    seen: int


def boundaries(text: str, start: int = 0) -> Iterator[Boundary]:
    """Yield the boundary of each top-level statement after the one that starts at `start`.

    Args:
        text: The whole text.
        start: Where to begin: 0, or an offset that an earlier call yielded.
    """
    if start == 0 and text.startswith(BYTE_ORDER_MARK) and text != BYTE_ORDER_MARK:
        yield Boundary(start := 1, 1)
    while found := _Cutter(text, start).next_boundary():
        yield found
        start = found.offset


@dataclass
class _Cutter:
    """Looks for the end of the chunk that begins at `start`.

    Attributes:
        suspect: The definition in the first string that holds one, if a string did.
        doubts: How often what follows that string could have been looked at.
    """

    text: str
    start: int
    suspect: int | None = None
    doubts: int = 0

    def next_boundary(self) -> Boundary | None:
        """The end of the chunk; None if that is the end of the text."""
        text, depth = self.text, 0
        decorated = _is_decorator(text, self.start)
        position = self._past(_CLOSED_CHUNK, self.start, decorated=decorated)
        while match := _TOKEN.search(text, position):
            kind, position = match.lastgroup, match.end()
            if kind == "open":
                depth += 1
            elif kind == "close":
                depth = max(depth - 1, 0)
            elif kind == "triple":
                closing = _TRIPLE_END[match.group()].match(text, position)
                inside, position = position, closing.end() if closing else len(text)
                self._note(inside, position)
                if self._is_inside_out(position, is_open=closing is None):
                    return self._cut(position)
            elif kind == "newline":
                if seen := _seen_of_statement(text, position, depth, decorated=decorated):
                    return Boundary(position, seen)
                if self._is_inside_out(position):
                    return self._cut(_seen_of_none(text, position))
                if depth == 0:
                    undecided = decorated and not _has_code(text, position)
                    decorated = undecided or _is_decorator(text, position)
                position = self._past(_CLOSED_LINES, position, decorated=decorated)
        return None

    def _past(self, lines: re.Pattern[str], position: int, *, decorated: bool) -> int:
        """Where the next line begins at which there may be something to see."""
        if self.suspect is not None or decorated:
            return position
        found = lines.match(self.text, position)
        return found.end() if found else position

    def _note(self, start: int, end: int) -> None:
        """Take in a string that stands from `start` to `end`."""
        if self.suspect is None and (head := _HARD_LINE.search(self.text, start, end)):
            self.suspect = head.start()

    def _is_inside_out(self, position: int, *, is_open: bool = False) -> bool:
        """Whether the suspect definition is code, since what stands before `position` is none."""
        if self.suspect is None or is_open:
            return self.suspect is not None
        self.doubts += 1
        # Each time twice as far, so that a long table of templates is not read over and over.
        is_due = self.doubts & (self.doubts - 1) == 0
        return is_due and is_wrong(self.text[self.start : position])

    def _cut(self, seen: int) -> Boundary | None:
        return Boundary(self.suspect, seen) if self.suspect is not None else None


def definitions(text: str) -> list[int]:
    """Offsets of all column-0 definitions in a text that does not parse, wherever they stand."""
    return [match.start() for match in _HARD_LINE.finditer(text) if match.start() > 0]


def _has_code(text: str, position: int) -> bool:
    return position < len(text) and text[position] not in _NO_STATEMENT


def _is_decorator(text: str, position: int) -> bool:
    return _DECORATOR.match(text, position) is not None


def _seen_of_statement(text: str, position: int, depth: int, *, decorated: bool) -> int | None:
    """How far one has to look to know that a statement starts there; None if none does."""
    if depth:
        head = _HARD_HEAD.match(text, position)
        return head.end() if head else None
    starts = _has_code(text, position) and not decorated and not _CLAUSE.match(text, position)
    return position if starts else None


def _seen_of_none(text: str, position: int) -> int:
    """How far one has to look to know that no statement starts there."""
    line = _DECORATED_LINE.match(text, position)
    return line.end() if line else position
