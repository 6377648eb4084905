"""Colons and indentation.

Answers a colon or a block that Python expected, and margins that fit to no other.

if ready                  ->  if ready:
def total(rows):          ->  def total(rows):
return sum(rows)                  return sum(rows)
mixed tabs and blanks     ->  blanks
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from codeact_lsp.plan import Span
from codeact_lsp.repair.syntax.broken import (
    LIKELY,
    POSSIBLE,
    SURE,
    Broken,
    Change,
    end_of_code,
    margin_of,
)

_HEAD = re.compile(
    r"\s*(?:async\s+)?(?:if|elif|else|for|while|def|class|with|try|except|finally|match|case)\b"
)
_DEFINITION = re.compile(r"\s*(?:(?:async\s+)?def|class)\b")
_LEAVING = re.compile(r"\s*(?:return|raise|continue|break)\b")
_STEP = "    "


def changes(broken: Broken) -> Iterator[Change]:
    """The colon, or the margin, that makes blocks of it."""
    yield from _with_colon(broken)
    if broken.said("expected an indented block"):
        yield from _moved_in(broken)
    elif broken.said("unexpected indent"):
        yield from _moved_out(broken)
    elif broken.said("unindent does not match", "inconsistent use of tabs"):
        yield from _spelt_out(broken)
        yield from _fitted(broken)


def _with_colon(broken: Broken) -> Iterator[Change]:
    end = end_of_code(broken.written)
    code, rest = broken.written[:end], broken.written[end:]
    if not _HEAD.match(code):
        return
    if code.endswith((";", ",", "=", "{")):
        stripped = code.rstrip(";,={: ")
        yield Change("End the line with ':'", broken.with_line(f"{stripped}:{rest}"), LIKELY)
    if not code.endswith(":"):
        yield Change("Add ':'", broken.with_line(f"{code}:{rest}"), SURE)


def _moved_in(broken: Broken) -> Iterator[Change]:
    """The lines that follow, one step further in: as many as belong together, or fewer."""
    at = broken.lines.index(broken.line)
    block = _block(broken, at)
    if at == 0 or not broken.text_of(broken.lines[at - 1]).strip():
        return
    is_whole = _DEFINITION.match(broken.text_of(broken.lines[at - 1]))
    last = len(block) if is_whole else _reached(broken, block)
    for count in dict.fromkeys([last, 1, *range(2, len(block) + 1)]):
        is_clear = count == last and (count == 1 or is_whole or last < len(block))
        if is_whole and count == 1 and broken.written.lstrip().startswith(('"', "'")):
            is_clear = _width_below(broken, at) > len(margin_of(broken.written))
        text = broken.moved(block[:count], lambda old: old + _STEP)
        yield Change("Indent the block", text, LIKELY if is_clear else POSSIBLE)


def _width_below(broken: Broken, at: int) -> int:
    """How far in the line of code below one stands."""
    below = [broken.text_of(line) for line in broken.lines[at + 1 :]]
    return next((len(margin_of(line)) for line in below if line.strip()), 0)


def _reached(broken: Broken, block: Sequence[Span]) -> int:
    """How many lines of a block run, as far as nothing before them ends it."""
    margin = margin_of(broken.text_of(block[0]))
    for number, line in enumerate(block, 1):
        written = broken.text_of(line)
        if margin_of(written) == margin and _LEAVING.match(written):
            return number
    return len(block)


def _block(broken: Broken, at: int) -> list[Span]:
    """The lines from one on that stand as far in as that, or further, up to an empty one."""
    margin = len(margin_of(broken.text_of(broken.lines[at])))
    block = []
    for line in broken.lines[at:]:
        written = broken.text_of(line)
        if not written.strip() or len(margin_of(written)) < margin:
            break
        block.append(line)
    return block


def _moved_out(broken: Broken) -> Iterator[Change]:
    """As far in as the line before: that line alone, or all that stand as far in as it."""
    at = broken.lines.index(broken.line)
    own = margin_of(broken.written)
    before = [broken.text_of(line) for line in broken.lines[:at]]
    known = [margin_of(line) for line in reversed(before) if line.strip()]
    for margin in dict.fromkeys([*known[:1], ""]):
        wide = [line for line in broken.lines[at:] if broken.text_of(line).startswith(own)]
        for lines, likely in ((_block(broken, at), LIKELY), (wide, LIKELY - 0.1)):
            text = broken.moved(lines, _instead(margin, len(own)))
            yield Change("Take the indentation back", text, likely)
        text = broken.with_line(margin + broken.written.lstrip())
        yield Change("Take the indentation back", text, LIKELY)


def _spelt_out(broken: Broken) -> Iterator[Change]:
    """Blanks for tabs, as wide as people set them."""
    for width in (4, 8):
        text = re.sub(r"(?m)^[ \t]+", partial(_expanded, width), broken.text)
        if text != broken.text:
            yield Change("Indent with blanks", text, SURE if width == len(_STEP) else POSSIBLE)


def _fitted(broken: Broken) -> Iterator[Change]:
    """A margin that an earlier line has, the nearest one first."""
    before = [broken.text_of(line) for line in broken.lines if line.end < broken.line.start]
    own = len(margin_of(broken.written))
    known = {len(margin_of(line)): margin_of(line) for line in before if line.strip()}
    near = sorted(known, key=lambda width: (abs(width - own), width))
    for number, width in enumerate(near[:3]):
        is_near = abs(width - own) == 1
        likely = LIKELY if number == 0 and is_near else POSSIBLE
        block = _block(broken, broken.lines.index(broken.line))
        text = broken.moved(block, _instead(known[width], own))
        yield Change("Indent as the lines before", text, likely)


def _instead(margin: str, width: int) -> Callable[[str], str]:
    """What writes a margin for the first so many characters of another."""
    return lambda old: margin + old[width:]


def _expanded(width: int, found: re.Match[str]) -> str:
    return found[0].expandtabs(width)
