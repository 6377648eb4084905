"""The opening bracket that is missing.

Answers a closing bracket that has no other.

total = sumrows)          ->  total = sum(rows)
print"total")             ->  print("total")
mean = 2 * a + b)         ->  mean = 2 * (a + b)
when = time.time)         ->  when = time.time()
"""

import builtins
import re
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.repair.syntax.broken import LIKELY, POSSIBLE, SURE, Broken, Change

_OPENING = {")": "(", "]": "[", "}": "{"}
_BUILT_IN = frozenset(
    [*dir(builtins), *dir(str), *dir(list), *dir(dict), *dir(set), *dir(bytes)]
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z_]\w*")
_GLUED_TO_TEXT = re.compile(r"(?<=[\w\])])(?=[\"'])")
_PREFIX = re.compile(r"\b[bfruBFRU]{1,2}$")
_OPERAND = re.compile(r"[*/%@] *(?=[\w(\[])|(?:\breturn|\bin|=|[(\[,]) ?(?=[\w(\[])")
_DEFINES = re.compile(r"\s*(?:async\s+)?(?:def|class)\s")
_LEAST_OF_SURE = 2
_MOST_OPERANDS = 4


def changes(broken: Broken) -> Iterator[Change]:
    """Where two names stand as one, in front of a text, or of the first of several operands."""
    here = broken.issue.span.start
    opening = _OPENING.get(broken.text[here : here + 1], "")
    if not (opening and broken.said("unmatched")):
        return
    line = broken.line_at(here)
    before = broken.text[line.start : here]
    for at, likely in (*_glued(broken, before), *_apart(before)):
        place = Span(line.start + at, line.start + at)
        yield Change(f"Add '{opening}'", broken.replaced(place, opening), likely)


def _glued(broken: Broken, before: str) -> Iterator[tuple[int, float]]:
    """Between a name and the one behind it, both of which are known from elsewhere."""
    rest = broken.replaced(broken.line_at(broken.issue.span.start), "")
    known = set(_WORD.findall(rest)) | set(_WORD.findall(broken.text[broken.issue.span.end :]))
    for word in _WORD.finditer(before):
        if word[0] in known | _BUILT_IN:
            continue
        is_defined = _DEFINES.match(before) is not None
        for at in range(1, len(word[0])):
            name, argument = word[0][:at], word[0][at:]
            if name.endswith("_"):
                continue
            if argument in known and (is_defined or name in known | _BUILT_IN):
                is_sure = len(argument) >= _LEAST_OF_SURE and not is_defined
                yield word.start() + at, SURE if is_sure else LIKELY
            elif argument in known and at > 1 and not is_defined:
                yield word.start() + at, POSSIBLE + 0.03 + 0.01 * min(len(argument), 5)


def _apart(before: str) -> Iterator[tuple[int, float]]:
    """In front of a text, of nothing at all, or of what a sign before it takes alone."""
    for found in _GLUED_TO_TEXT.finditer(before):
        if not _PREFIX.search(before[: found.start()]):
            yield found.start(), SURE
    if re.search(r"[A-Za-z_]\w*$", before):
        yield len(before), POSSIBLE + 0.02
    for found in list(_OPERAND.finditer(before))[::-1][:_MOST_OPERANDS]:
        is_taken = found[0][0] in "*/%@"
        yield found.end(), POSSIBLE + (0.03 if is_taken else -0.05)
