"""The text of a plan's inputs file: where it sets an input, and how to call that input otherwise.

No TOML library tells where a key stands, and one that writes the file anew may lay it out anew. So
keys are found by reading just enough of the text, and an edit counts only if TOML's own parser then
reads the same values under the new name.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from codeact_lsp.engine.workspace.inputs import InputError
from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit

_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\r]+ | \#[^\n]*)
  | (?P<newline>\n)
  | (?P<string>\"\"\"(?:[^"\\]|\\[\s\S]|"(?!""))*\"{3,5} | '''(?:[^']|'(?!''))*'{3,5}
              | "(?:[^"\\\n]|\\.)*" | '[^'\n]*')
  | (?P<open>[\[{])
  | (?P<close>[\]}])
  | (?P<bare>[A-Za-z0-9_-]+)
  | (?P<other>.)
    """,
    re.VERBOSE,
)


class Key(NamedTuple):
    """The first part of a key, or of the name of a table, at the top of the file.

    Attributes:
        span: Its place, quotes included.
    """

    name: str
    span: Span


def places(text: str, name: str) -> tuple[Span, ...]:
    """Where `text` sets input `name`: once, or once a part if it is a table. None if not TOML."""
    return tuple(key.span for key in _keys(text) if key.name == name) if _read(text) else ()


def renamed(text: str, old: str, new: str) -> tuple[TextEdit, ...]:
    """The edits that call input `old` `new`; none if the text does not set `old`.

    Raises:
        InputError: The text sets `new` already, or is not TOML.
    """
    before = _read(text)
    if before is None:
        raise InputError("The inputs file is not TOML.")
    if old not in before:
        return ()
    if new in before:
        raise InputError(f"The inputs file sets '{new}' already.")
    edits = tuple(TextEdit(span, _spelt(text, span, new)) for span in places(text, old))
    after = text
    for edit in reversed(edits):
        after = edit.apply(after)
    wanted = {new if name == old else name: value for name, value in before.items()}
    if repr(_read(after)) != repr(wanted):  # No value equals itself as surely as its text does.
        raise InputError(f"The inputs file sets '{old}' in a way that cannot be renamed.")
    return edits


def _spelt(text: str, span: Span, name: str) -> str:
    """A key in the quotes of the one at `span`; what is not ASCII needs quotes."""
    quote = text[span.start] if text[span.start] in "\"'" else ""
    quote = quote or ("" if name.isascii() else '"')
    return f"{quote}{name}{quote}"


def _read(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _keys(text: str) -> Iterator[Key]:
    """The keys of a text that is TOML."""
    at_start, at_top, depth = True, True, 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "newline" and depth == 0:
            at_start = True
        elif kind == "open":
            # A bracket that begins a line opens the name of a table; further keys are inside.
            depth += 1
            at_top = at_top and not at_start
        elif kind == "close":
            depth -= 1
        elif kind in {"bare", "string"} and at_start and (at_top or depth):
            yield Key(_value(token.group()), Span(*token.span()))
        if kind in {"bare", "string"}:
            at_start = False


def _value(key: str) -> str:
    quoted = key[0] in "\"'"
    return next(iter(tomllib.loads(f"{key} = 0"))) if quoted else key
