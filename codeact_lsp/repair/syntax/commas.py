"""Commas that are missing, and what else belongs between two values.

Answers invalid syntax.

[1 2]             ->  [1, 2]
{"a" 1}           ->  {"a": 1}
if a = 1:         ->  if a == 1:
for row rows:     ->  for row in rows:
node = Node rows  ->  node = Node(rows)
"""

import builtins
import keyword
import re
from collections.abc import Iterator

from codeact_lsp.repair.syntax.broken import LIKELY, POSSIBLE, SURE, Broken, Change

_GAP = re.compile(r"(?<=[\w\"'\])}])([ \t]+|[ \t]*(?=[\"'\[({]))(?=[\w\"'\[({-])")
_WORD = "|".join(keyword.kwlist)
_ENDS_IN_KEYWORD = re.compile(rf"\b(?:{_WORD})$")
_IS_KEYWORD = re.compile(rf"(?:{_WORD})\b")
_LINE_OF_ITEMS = re.compile(r"[\w\"'\])}]$")
_ASSIGNED = re.compile(r"(?<![=!<>:])=(?!=)")
_HEAD = re.compile(r"(?m)^[ \t]*(?:if|elif|while)\b[^()\n]*:[ \t]*$")
_CALLED = re.compile(
    r"(?:[=(\[,:+*/<>-]|\b(?:return|yield|if|elif|while|in|not|and|or)\b) *"
    rf"(?P<name>[A-Za-z_]\w*) +(?P<given>(?!(?:{_WORD})\b)[A-Za-z_][\w.]*|\d+)(?![\w(\[\"'])"
)
_BUILT_IN = frozenset(name for name, value in vars(builtins).items() if callable(value))
_BARE_ITEMS = re.compile(r"\s*(?:return|yield|import|from|global|nonlocal|for|del|with)\b|[\w ]+,")
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_CONDITION = re.compile(r"\s*(?:if|elif|while|assert|return)\b|.*\bif\b")


def changes(broken: Broken) -> Iterator[Change]:
    """What stands between two values that stand side by side."""
    yield from _compared(broken)
    yield from _called(broken)
    yield from _separated(broken)
    yield from _lines_apart(broken)
    if found := re.match(r"(.*\bfor\s+[\w, ]+?)\s+(?!in\b)(\w+.*)", broken.written):
        yield Change("Add 'in'", broken.with_line(f"{found[1]} in {found[2]}"), LIKELY)


def _compared(broken: Broken) -> Iterator[Change]:
    if not (broken.said("'=='") or _CONDITION.match(broken.written)):
        return
    for found in _ASSIGNED.finditer(broken.written):
        line = broken.written[: found.start()] + "==" + broken.written[found.end() :]
        yield Change("Compare with '=='", broken.with_line(line), SURE)
    yield from _all_compared(broken)


def _all_compared(broken: Broken) -> Iterator[Change]:
    """Wherever a condition is written so: whoever does it once does it again."""
    text = _HEAD.sub(lambda head: _ASSIGNED.sub("==", head[0]), broken.text)
    if len(text) > len(broken.text) + 1:
        yield Change("Compare with '=='", text, SURE)


def _called(broken: Broken) -> Iterator[Change]:
    """What a function or a class of the text, or of Python, is given without brackets."""
    for found in _CALLED.finditer(broken.written):
        name = found["name"]
        defined = rf"(?m)^[ \t]*(?:(?:async )?def|class) +{name}\b"
        is_class = name[0].isupper() and not name.isupper()
        if is_class or name in _BUILT_IN or re.search(defined, broken.text):
            head, tail = broken.written[: found.start("name")], broken.written[found.end() :]
            line = f"{head}{name}({found['given']}){tail}"
            yield Change("Add the brackets of the call", broken.with_line(line), SURE)


def _separated(broken: Broken) -> Iterator[Change]:
    """In each gap of the line, those that Python points to first."""
    start, end = (offset - broken.line.start for offset in broken.issue.span)
    gaps = list(_GAP.finditer(broken.written))
    pointed = [gap for gap in gaps if start - 1 <= gap.start() and gap.end() <= end + 1]
    for gap in [*pointed, *(gap for gap in gaps if gap not in pointed)]:
        head, tail = broken.written[: gap.start()], broken.written[gap.end() :]
        if _ENDS_IN_KEYWORD.search(head) or _IS_KEYWORD.match(tail) or _is_prefixed(head, tail):
            continue
        # Outside of brackets it would make a tuple, which is seldom meant.
        is_likely = gap in pointed and _is_among_items(broken, gap.start())
        likely = LIKELY if is_likely else POSSIBLE
        if _is_key(head):
            yield Change("Add ':'", broken.with_line(f"{head}: {tail}"), likely + 0.05)
        yield Change("Add the missing comma", broken.with_line(f"{head}, {tail}"), likely)


def _is_among_items(broken: Broken, at: int) -> bool:
    """Whether a place of the line is in brackets, or where items stand without."""
    before = broken.text[: broken.line.start + at]
    is_open = sum(_BRACKETS.get(char, 0) for char in before) > 0
    return is_open or _BARE_ITEMS.match(broken.written) is not None


def _is_prefixed(head: str, tail: str) -> bool:
    """Whether what stands there is one text, with letters in front of it."""
    return tail[:1] in {'"', "'"} and re.search(r"\b[bfruBFRU]{1,2}$", head) is not None


def _is_key(head: str) -> bool:
    """Whether what ends there is a text that is first in braces, or behind a comma in them."""
    return re.search(r"[{,]\s*(?:\"[^\"]*\"|'[^']*')$", head) is not None and "{" in head


def _lines_apart(broken: Broken) -> Iterator[Change]:
    """At the end of the line before, where items stand one on a line."""
    before = [line for line in broken.lines if line.end < broken.line.start]
    for line in (broken.line, *before[-1:]):
        code = broken.text[line.start : line.end].rstrip()
        if _LINE_OF_ITEMS.search(code):
            at = line.start + len(code)
            text = f"{broken.text[:at]},{broken.text[at:]}"
            yield Change("Add the missing comma", text, LIKELY - 0.02)
