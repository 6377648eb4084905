"""Texts that do not end, or end too soon.

Answers unterminated texts, and what is wrong inside of formatted ones.

name = 'total        ->  name = 'total'
text = 'it's'        ->  text = "it's"
name = 'total"       ->  name = 'total'
f"{row["name"]}"     ->  f"{row['name']}"
f"{name"             ->  f"{name}"
f"a}"                ->  f"a}}"
"""

import re
from collections.abc import Iterator

from codeact_lsp.repair.syntax.broken import LIKELY, POSSIBLE, SURE, Broken, Change

_FORMATTED = re.compile(r"\b(?:[fF][rR]?|[rR][fF])([\"'])(?!\1)")
_BEFORE_TEXT = re.compile(r"[(\[{]|[,=:+] |\breturn |\bin ")
_CLOSING = re.compile(r"[)\]},:]+")
_TRIPLE = re.compile(r'"""|\'\'\'')


def changes(broken: Broken) -> Iterator[Change]:
    """The quote that is missing, other quotes, or the brace that is."""
    if broken.said("unterminated triple-quoted"):
        yield from _ended(broken)
    elif broken.said("unterminated string"):
        yield from _apostrophes(broken)
        yield from _strays(broken)
        yield from _otherwise_closed(broken)
        yield from _closed(broken)
    if _FORMATTED.search(broken.written):
        yield from _formatted(broken)


def _closed(broken: Broken) -> Iterator[Change]:
    """The quote that is missing at the end, or at the beginning, of what stands on the line."""
    line, start = broken.written.rstrip(), broken.issue.span.start - broken.line.start
    prefix = re.match(r"\w*", line[start:])
    start += prefix.end() if prefix else 0
    quote = line[start : start + 1]
    for end, likely in (*_ends(line, start, quote), *_within(line, start)):
        yield Change("Close the quote", broken.with_line(line[:end] + quote + line[end:]), likely)
    for at in [found.end() for found in _BEFORE_TEXT.finditer(line[:start])][::-1]:
        is_all = line[:at].endswith(("(", "[")) and not re.search(r"[,)\]]", line[at:start])
        likely = LIKELY if is_all else POSSIBLE
        yield Change("Open the quote", broken.with_line(line[:at] + quote + line[at:]), likely)


def _otherwise_closed(broken: Broken) -> Iterator[Change]:
    """The other kind of quote at the end than at the beginning."""
    line, start = broken.written, broken.issue.span.start - broken.line.start
    if end := _other_end(line, start):
        quote = "'" if line[end] == '"' else '"'
        text = line[:end] + quote + line[end + 1 :]
        yield Change("Close with the quote that opens", broken.with_line(text), SURE)


def _other_end(line: str, start: int) -> int:
    """Where a text may end with the other kind of quote, which is no apostrophe; 0 if nowhere."""
    opened = re.search(r"[\"']", line[start:])
    other = "'" if opened and opened[0] == '"' else '"'
    ends = [found.start() for found in re.finditer(other, line) if found.start() > start + 1]
    is_lone = opened and len(ends) == 1 and not re.match(r"\w'\w", line[ends[0] - 1 :])
    return ends[0] if is_lone else 0


def _strays(broken: Broken) -> Iterator[Change]:
    """Without a quote that opens nothing: at the end of code, or beside a name that is known."""
    line, at = broken.written, broken.issue.span.start - broken.line.start
    before, after = line[:at], line[at + 1 :]
    without = broken.with_line(before + after)
    named = re.search(r"[A-Za-z_]\w+$", before)
    if not after.strip() and before.rstrip().endswith((")", "]", "}")):
        yield Change("Remove the quote", without, LIKELY)
    elif named and re.search(rf"\b{named[0]}\b", broken.replaced(broken.line, "")):
        yield Change("Remove the quote", without, SURE)
    elif after.strip().isidentifier() and _is_given(broken, after.strip()):
        yield Change("Remove the quote", without, SURE + 0.02)


def _is_given(broken: Broken, name: str) -> bool:
    """Whether a name is given, or is a parameter, elsewhere in the text."""
    given = rf"(?m)^\s*{name}\s*=|\bfor\s+[\w, ]*\b{name}\b|[(,]\s*{name}\s*[,:)=]"
    return re.search(given, broken.replaced(broken.line, "")) is not None


def _ends(line: str, start: int, quote: str) -> Iterator[tuple[int, float]]:
    """At the end of the line, before the brackets or behind them."""
    ends = [at for at in range(start + 1, len(line) + 1) if _is_end(line[at:])]
    # Nobody leaves a text without anything in it open.
    ends.sort(key=lambda at: at == start + 1)
    # Beside other quotes, operators and brackets it may as well be elsewhere.
    is_alone = line.count(quote) == 1 and not _other_end(line, start)
    is_plain = is_alone and not re.search(r"[(\[%]|, \w|[)\]}] *\w", line[start:])
    for number, end in enumerate(ends):
        is_empty = end == start + 1
        yield end, (SURE if is_plain and not is_empty else POSSIBLE) - 0.1 * min(number, 4)


def _within(line: str, start: int) -> Iterator[tuple[int, float]]:
    """In front of what is done with the text, or stands behind it."""
    found = re.search(
        r" % |\.(?:join|format|split|replace)\(|, (?=\w+[,)=])"
        r"|[)\]}]+(?= (?:as|if|for|in|and|or|else) |[.:]| [-+*/%=])| \+ (?=\w)",
        line[start + 1 :],
    )
    if found:
        yield start + 1 + found.start(), LIKELY


def _is_end(rest: str) -> bool:
    return not rest or _CLOSING.fullmatch(rest) is not None


def _apostrophes(broken: Broken) -> Iterator[Change]:
    """Other quotes around a text that holds its own."""
    for found in re.finditer(r"'(\w[^'\"]*?\w'\w[^'\"]*?)'", broken.written):
        text = broken.written[: found.start()] + f'"{found[1]}"' + broken.written[found.end() :]
        yield Change("Use double quotes around the apostrophe", broken.with_line(text), SURE)


def _ended(broken: Broken) -> Iterator[Change]:
    """The end of a docstring: on its first line, before the code that follows, or at the end."""
    start = broken.issue.span.start
    quote = _TRIPLE.match(broken.text, start)
    if quote is None:
        return
    first = broken.line_at(start)
    text = f"{broken.text[: first.end].rstrip()}{quote[0]}{broken.text[first.end :]}"
    yield Change("Close the docstring", text, LIKELY)
    for line in broken.lines:
        written = broken.text[line.start : line.end]
        if line.start > first.start and written.strip() and not written.rstrip().endswith("."):
            margin = written[: len(written) - len(written.lstrip())]
            text = f"{broken.text[: line.start]}{margin}{quote[0]}\n{broken.text[line.start :]}"
            yield Change("Close the docstring", text, POSSIBLE)


def _formatted(broken: Broken) -> Iterator[Change]:
    """What is in the braces in the other quotes; the missing brace; a brace that is meant so."""
    line = broken.written
    for found in _FORMATTED.finditer(line):
        quote = found[1]
        other = "'" if quote == '"' else '"'
        end = _end_of_format(line, found.end(), quote)
        inner = line[found.end() : end]
        if quote in inner and other not in inner:
            text = line[: found.end()] + inner.replace(quote, other) + line[end:]
            yield Change("Use other quotes inside the braces", broken.with_line(text), SURE)
        stop = line.find(quote, found.end())
        if stop > 0:
            yield from _braced(broken, found.end(), stop)


def _end_of_format(line: str, start: int, quote: str) -> int:
    """Where a formatted text ends, if quotes in its braces belong to these."""
    depth = 0
    for at in range(start, len(line)):
        depth += (line[at] == "{") - (line[at] == "}")
        if line[at] == quote and depth <= 0:
            return at
    return len(line)


def _braced(broken: Broken, start: int, stop: int) -> Iterator[Change]:
    line = broken.written
    inner = line[start:stop]
    if inner.count("{") > inner.count("}"):
        opened = inner.rindex("{")
        word = re.match(r"\{[\w.\[\]()]*", inner[opened:])
        end = start + opened + (word.end() if word else 0)
        yield Change("Close the brace", broken.with_line(f"{line[:end]}}}{line[end:]}"), LIKELY)
        yield Change("Close the brace", broken.with_line(f"{line[:stop]}}}{line[stop:]}"), POSSIBLE)
    elif inner.count("}") > inner.count("{"):
        at = start + inner.rindex("}")
        yield Change("Remove the brace", broken.with_line(line[:at] + line[at + 1 :]), POSSIBLE)
        yield Change("Double the brace", broken.with_line(f"{line[:at]}}}{line[at:]}"), POSSIBLE)
    elif broken.said("empty expression"):
        doubled = inner.replace("{}", "{{}}")
        text = line[:start] + doubled + line[stop:]
        yield Change("Double the braces", broken.with_line(text), LIKELY)
