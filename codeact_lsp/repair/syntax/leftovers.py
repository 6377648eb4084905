"""What a model leaves around code: fences, prose, prompts of an interactive session.

Answers whatever Python says of them.

```python                   ->  nothing
Here is the plan:           ->  # Here is the plan:
>>> rows = load()           ->  rows = load()
"""

import keyword
import re
from collections.abc import Iterator

from codeact_lsp.repair.syntax.broken import LIKELY, POSSIBLE, SURE, Broken, Change

_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*\w*[ \t]*(?:\r\n|\r|\n|\Z)")
_PROMPT = re.compile(r"(?m)^([ \t]*)(?:>>>|\.\.\.|In \[\d+\]:)(?: |$)")
_PROSE = re.compile(
    r"[ \t]*(?:[-*>] |\d+[.)] )?[*`\"'(]{0,3}[A-Za-z][\w'’.`*\"-]*[,:;!?]?"
    r"(?:[ ]+[^\s=\[\]{}]+){1,}[ ]*[.:!?)*`]*[ \t]*"
)
# With these words a statement begins that may be broken; written so they begin no sentence.
_BEGINNINGS = frozenset(keyword.kwlist) | {"print", "exec"}
_LEAST_WORDS = 3


def changes(broken: Broken) -> Iterator[Change]:
    """Without the fences; with the prose as a comment; without the prompts."""
    yield from _unfenced(broken)
    yield from _silenced(broken)
    if _PROMPT.search(broken.text):
        yield Change("Remove the prompts", _PROMPT.sub(r"\1", broken.text), SURE)


def _unfenced(broken: Broken) -> Iterator[Change]:
    text = "".join(
        line for line in broken.text.splitlines(keepends=True) if not _FENCE.fullmatch(line)
    )
    if text != broken.text:
        yield Change("Remove the fence of a code block", text, SURE)


def _silenced(broken: Broken) -> Iterator[Change]:
    """Prose at the line that Python complains of, with all of it that follows."""
    prose = []
    for line in broken.lines:
        if line.end < broken.line.start:
            continue
        if not _is_prose(broken.text[line.start : line.end]):
            break
        prose.append(line)
    text = broken.text
    for line in reversed(prose):
        text = f"{text[: line.start]}# {text[line.start :]}"
    if prose:
        # Further in it may be what is left of a text.
        is_outside = not broken.text[prose[0].start].isspace()
        yield Change("Make a comment of the prose", text, LIKELY if is_outside else POSSIBLE)


def _is_prose(line: str) -> bool:
    words = line.split()
    return (
        len(words) >= _LEAST_WORDS
        and not words[0].startswith(('"', "'"))
        and words[0].strip(",.:;!?") not in _BEGINNINGS
        and _PROSE.fullmatch(line) is not None
    )
