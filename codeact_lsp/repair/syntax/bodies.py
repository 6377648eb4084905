"""Bodies of which all, or the rest, stands too far out.

Answers a block that Python expected, and a `return` that stands in no function.

class Total:              ->  class Total:
def add(self, row):               def add(self, row):
    return row                        return row

if a < b:                 ->  if a < b:
rows.append(a)                    rows.append(a)
else as far out as that       the `else` moved in with it
"""

import re
from collections.abc import Callable, Iterator

from codeact_lsp.plan import Span
from codeact_lsp.repair.syntax.broken import LIKELY, SURE, Broken, Change, margin_of

_CLAUSE = re.compile(r"\s*(?:else|elif|except|finally)\b")
_FUNCTION = re.compile(r"\s*(?:async\s+)?def\b")
_STEP = 4
_TITLE = "Indent the block"


def changes(broken: Broken) -> Iterator[Change]:
    """All lines of the body, as far in as they have to stand."""
    if broken.said("expected an indented block after class"):
        yield from _whole(broken)
    elif broken.said("expected an indented block"):
        yield from _with_clauses(broken)
    elif broken.said("outside function"):
        yield from _rest(broken)
    elif broken.said("unexpected indent", "unindent does not match"):
        yield from _lines_before(broken)


def _whole(broken: Broken) -> Iterator[Change]:
    """Everything below the head of a class, where its first function stands beside it."""
    at = broken.lines.index(broken.line)
    if _FUNCTION.match(broken.written):
        yield Change(_TITLE, broken.moved(broken.lines[at:], _further(_STEP)), SURE)


def _with_clauses(broken: Broken) -> Iterator[Change]:
    """A block as far out as its head, with the `else` that is then too far out as well."""
    at = broken.lines.index(broken.line)
    width = _width(broken, broken.line)
    if at == 0 or width != _width(broken, broken.lines[at - 1]):
        return
    block = [broken.line]
    for line in broken.lines[at + 1 :]:
        is_clause = _width(broken, line) == width - _STEP and _CLAUSE.match(broken.text_of(line))
        if not is_clause and _width(broken, line) < width:
            break
        block.append(line)
    if any(_CLAUSE.match(broken.text_of(line)) for line in block):
        yield Change(_TITLE, broken.moved(block, _further(_STEP)), LIKELY + 0.02)


def _lines_before(broken: Broken) -> Iterator[Change]:
    """The lines in front of it that stand as far out as the head of the function."""
    at = broken.lines.index(broken.line)
    out: list[Span] = []
    inner = 0
    for line in reversed(broken.lines[:at]):
        if broken.text_of(line).strip():
            inner = _width(broken, line)
            if inner:
                break
            out.insert(0, line)
    if out and inner and not any(_is_code_apart(broken.text_of(line)) for line in out):
        width = _width(broken, broken.line)
        for step in dict.fromkeys([width, inner, inner - _STEP, inner + _STEP]):
            yield Change(_TITLE, broken.moved(out, _further(step)), LIKELY - 0.05 * (step != width))


def _is_code_apart(written: str) -> bool:
    return re.match(r"(?:@|class\b|def\b|async def\b|import\b|from\b)", written) is not None


def _rest(broken: Broken) -> Iterator[Change]:
    """The end of a function, from where it stands as far out as its head, or further."""
    at = broken.lines.index(broken.line)
    heads = [n for n, line in enumerate(broken.lines[:at]) if _is_head(broken, line)]
    body = _first_below(broken, heads[-1]) if heads else at
    if body >= at:
        return
    inner = _width(broken, broken.lines[body])
    out = [n for n in range(body, at + 1) if _is_out(broken, n, inner)]
    if not out:
        return  # The head had its body behind it.
    start = out[0]
    end = next((n for n in range(at, len(broken.lines)) if _is_other(broken, n)), None)
    step = inner - min(_width(broken, broken.lines[n]) for n in out)
    yield Change(_TITLE, broken.moved(broken.lines[start:end], _further(step)), LIKELY)
    if start < at:
        yield Change(_TITLE, broken.moved([broken.line], _further(step)), LIKELY - 0.1)


def _is_head(broken: Broken, line: Span) -> bool:
    return bool(
        _FUNCTION.match(broken.text_of(line))
        and _width(broken, line) <= max(_width(broken, broken.line), _STEP)
    )


def _first_below(broken: Broken, head: int) -> int:
    """The number of the first line of code below a head."""
    below = range(head + 1, len(broken.lines))
    return next((n for n in below if broken.text_of(broken.lines[n]).strip()), head)


def _is_out(broken: Broken, number: int, inner: int) -> bool:
    line = broken.lines[number]
    return bool(broken.text_of(line).strip()) and _width(broken, line) < inner


def _is_other(broken: Broken, number: int) -> bool:
    """Whether another function, or class, begins on a line."""
    return re.match(r"\s*(?:@|class\b|def\b)", broken.text_of(broken.lines[number])) is not None


def _further(step: int) -> Callable[[str], str]:
    """What moves a margin in by so many blanks."""
    return lambda old: " " * step + old


def _width(broken: Broken, line: Span) -> int:
    return len(margin_of(broken.text_of(line)))
