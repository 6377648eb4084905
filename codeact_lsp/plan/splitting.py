"""Cut a text at its top-level statements, without parsing it.

A Python file is a sequence of statements. When every cut-out chunk parses as a file of its own, the
statements of the whole are the chunks' statements one after another, so the cutter may be a
heuristic: merging too much is harmless, and a chunk that does not parse shows itself.
"""

import re
from collections.abc import Iterator

from codeact_lsp.plan.syntax import BYTE_ORDER_MARK

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
_CLAUSE = re.compile(r"(?:else|elif|except|finally)\b")
# To Python, the column behind a form feed, or a backslash and a line end, is the first one.
_DECORATOR = re.compile(r"(?:[ \t]*\f|\\(?:\r\n|\r|\n))*@")
# Inside brackets or strings these cannot start a line at column 0 of working code (a string may
# hold them, which is why strings are only searched once a chunk is known not to parse).
_DEFINITION = r"(?:@[^\r\n]*(?:\r\n|\r|\n))*(?:async[ \t]+def|def|class)[ \t]+\w"
_HARD_HEAD = re.compile(_DEFINITION)
_HARD_LINE = re.compile(rf"(?:\A|(?<=[\r\n])){_DEFINITION}")
# A backslash joins its line to the next one, which may be a clause.
_NO_STATEMENT = " \t\f\r\n#\\"


def boundaries(text: str, start: int = 0) -> Iterator[int]:
    """Yield the offset of each top-level statement after the one that starts at `start`.

    Args:
        text: The whole text.
        start: Where to begin: 0, or an offset that an earlier call yielded.
    """
    if start == 0 and text.startswith(BYTE_ORDER_MARK):
        yield (start := 1)
    depth = 0
    decorated = _is_decorator(text, start)
    position = start
    while match := _TOKEN.search(text, position):
        kind, position = match.lastgroup, match.end()
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        elif kind == "triple":
            closing = _TRIPLE_END[match.group()].match(text, position)
            position = closing.end() if closing else len(text)
        elif kind == "newline" and _starts_statement(text, position, depth, decorated=decorated):
            yield position
            depth = 0
        if kind == "newline" and depth == 0:
            undecided = decorated and not _has_code(text, position)
            decorated = undecided or _is_decorator(text, position)


def definitions(text: str) -> list[int]:
    """Offsets of all column-0 definitions in a text that does not parse, wherever they stand."""
    return [match.start() for match in _HARD_LINE.finditer(text) if match.start() > 0]


def _has_code(text: str, position: int) -> bool:
    return position < len(text) and text[position] not in _NO_STATEMENT


def _is_decorator(text: str, position: int) -> bool:
    return _DECORATOR.match(text, position) is not None


def _starts_statement(text: str, position: int, depth: int, *, decorated: bool) -> bool:
    if depth:
        return _HARD_HEAD.match(text, position) is not None
    return _has_code(text, position) and not decorated and _CLAUSE.match(text, position) is None
