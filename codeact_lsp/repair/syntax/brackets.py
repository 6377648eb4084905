"""Brackets that are missing, too many, or of another kind.

Answers brackets that do not match, have no other, or were never closed.

total = sum(rows         ->  total = sum(rows)
total = sum(rows))       ->  total = sum(rows)
total = sum(rows]        ->  total = sum(rows)
def total:               ->  def total():
"""

import re
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.repair.syntax.broken import LIKELY, POSSIBLE, SURE, Broken, Change, end_of_code

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEFINITION = re.compile(r"(\s*(?:async\s+)?def\s+\w+)\s*(->|:)")
# What stands as well behind a bracket as in it.
_OPERATOR = re.compile(
    r" (?:[-+*/%|&<>]|//|\*\*|[<>=!]=|and|or|in|not in|is|if|for|else) "
    r"|(?<=[\w\"'])[\[.](?=[\w\"'])"
)
_MOST_LINES = 30


def changes(broken: Broken) -> Iterator[Change]:
    """The bracket that makes pairs of all."""
    here = broken.issue.span.start
    if broken.said("does not match"):
        yield from _matched(broken, here)
    elif broken.said("unmatched"):
        text = broken.text[:here] + broken.text[here + 1 :]
        # Elsewhere it is as likely that the opening one is missing.
        is_doubled = broken.text[:here].rstrip().endswith((")", "]", "}"))
        yield Change(f"Remove '{broken.text[here]}'", text, SURE if is_doubled else POSSIBLE)
    else:
        yield from _before_result(broken)
        opened = _opened(broken)
        for start, bracket in opened:
            yield from _closed(broken, start, _PAIRS[bracket])
        if len(opened) > 1:
            yield from _all_closed(broken, "".join(_PAIRS[bracket] for _, bracket in opened))
    if found := _DEFINITION.match(broken.written):
        line = f"{found[1]}(){' ' if found[2] == '->' else ''}{broken.written[found.start(2) :]}"
        yield Change("Add '()'", broken.with_line(line), SURE)


def _matched(broken: Broken, here: int) -> Iterator[Change]:
    said = re.search(r"opening parenthesis '(.)'", broken.issue.message)
    if said:
        right, wrong = _PAIRS[said[1]], broken.text[here]
        title = f"Write '{right}' for '{wrong}'"
        yield from _before_loop(broken, here, right)
        yield Change(title, broken.replaced(Span(here, here + 1), right), LIKELY)
        yield Change(f"Add '{right}'", broken.replaced(Span(here, here), right), LIKELY - 0.1)
        yield Change(f"Remove '{wrong}'", broken.replaced(Span(here, here + 1), ""), POSSIBLE)


def _before_loop(broken: Broken, here: int, right: str) -> Iterator[Change]:
    """In front of the `for` of a comprehension, of which only the first part was in brackets."""
    line = broken.line_at(here)
    found = re.search(r"[\[{(]\s*[\[{(][^\n]*?( for )", broken.text[line.start : here])
    if found:
        at = line.start + found.start(1)
        yield Change(f"Add '{right}'", broken.replaced(Span(at, at), right), SURE)


def _opened(broken: Broken) -> list[tuple[int, str]]:
    """The brackets that are open at the end, the innermost first.

    Only up to the end of the line that Python complains of: what lies behind is sound, or told of
    when this is mended.
    """
    text = re.sub(
        r"\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\#[^\n]*",
        lambda found: "_" * len(found[0]),
        broken.text[: broken.line.end],
    )
    opened: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        if char in _PAIRS:
            opened.append((at, char))
        elif opened and char == _PAIRS[opened[-1][1]]:
            opened.pop()
    return opened[::-1][:3]


def _before_result(broken: Broken) -> Iterator[Change]:
    """The parameters, in front of what is declared to be returned."""
    found = re.match(r"\s*(?:async\s+)?def\s+\w+\(.*?(?=\s*->)", broken.written)
    if found and not found[0].endswith(")"):
        line = f"{found[0]}){broken.written[found.end() :]}"
        yield Change("Add ')'", broken.with_line(line), SURE)


def _all_closed(broken: Broken, closing: str) -> Iterator[Change]:
    """Several at once: behind the first of them alone Python may complain of the same."""
    end = broken.line.start + end_of_code(broken.written)
    at = end - broken.text[:end].endswith(":")
    for count in range(2, len(closing) + 1):
        text = broken.replaced(Span(at, at), closing[:count])
        yield Change(f"Add '{closing[:count]}'", text, LIKELY)


def _ends_within(opened: str) -> list[int]:
    """Where what a bracket opens may end before the end of the line: in front of an operator."""
    return [found.start() for found in _OPERATOR.finditer(opened)][:4]


def _closed(broken: Broken, start: int, bracket: str) -> Iterator[Change]:
    """At the end of the line that it was opened on, or of one of those that follow."""
    lines = [line for line in broken.lines if line.end > start][:_MOST_LINES]
    title = f"Add '{bracket}'"
    for number, line in enumerate(lines):
        end = line.start + end_of_code(broken.text[line.start : line.end])
        code = broken.text[:end]
        if end <= start or end == line.start:
            continue
        likely = SURE - 0.02 * min(number, 5)
        if number == 0 and (inner := _ends_within(broken.text[start:end])):
            likely = LIKELY - 0.15
            for at in inner:
                text = broken.text[: start + at] + bracket + broken.text[start + at :]
                yield Change(title, text, likely - 0.02)
        if code.endswith(":"):
            yield Change(title, f"{code[:-1]}{bracket}:{broken.text[end:]}", likely + 0.02)
        if code.endswith(","):
            yield Change(title, f"{code[:-1]}{bracket}{broken.text[end:]}", likely - 0.05)
        yield Change(title, f"{code}{bracket}{broken.text[end:]}", likely)
