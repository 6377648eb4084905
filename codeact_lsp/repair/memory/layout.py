"""Keep how code is written where only some of it changes: blanks, line ends, quotes, comments."""

import ast
import io
import tokenize
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_UNSEEN = frozenset(
    {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT,
     tokenize.ENDMARKER}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Token:
    """A token, what stands between it and the one before, and what it means."""

    gap: str
    text: str
    meaning: object


def kept(old: str, new: str) -> str:
    """New code in the layout of the old, as far as it has the same tokens.

    Args:
        old: The code as it is written.
        new: What is to come in its place, in any layout.
    """
    try:
        before, after = _tokens(old), _tokens(new)
    except (tokenize.TokenError, SyntaxError):
        return new
    matcher = SequenceMatcher(
        None, [each.meaning for each in before], [each.meaning for each in after], autojunk=False
    )
    double = '"' in old and "'" not in old
    parts: list[str] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            parts += [after[start].gap, before[first].text]
            parts += [part for each in before[first + 1 : last] for part in (each.gap, each.text)]
        else:
            parts += [
                part for each in after[start:end] for part in (each.gap, _styled(each, double))
            ]
    return "".join(parts)


def _styled(token: _Token, double: bool) -> str:  # noqa: FBT001 - the style that is asked for.
    """A text in double quotes, if those are used and it needs no others."""
    plain = token.text.startswith("'") and '"' not in token.text and "\\" not in token.text
    return f'"{token.text[1:-1]}"' if double and plain else token.text


def _tokens(text: str) -> list[_Token]:
    """The tokens; in brackets, so that a line's end is none of the code's.

    Raises:
        tokenize.TokenError, SyntaxError: It is no code.
    """
    whole = f"({text}\n)"
    lines = whole.splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))
    found: list[_Token] = []
    end = 1
    for token in tokenize.generate_tokens(io.StringIO(whole, newline="").readline):
        start = starts[token.start[0] - 1] + token.start[1]
        if token.type in _UNSEEN or start == 0:
            continue
        found.append(_Token(whole[end:start], token.string, _meaning(token)))
        end = start + len(token.string)
    return found[:-1]  # Without the bracket.


def _meaning(token: tokenize.TokenInfo) -> object:
    if token.type != tokenize.STRING:
        return token.string
    try:
        return ("text", ast.literal_eval(token.string))
    except (ValueError, SyntaxError):
        return token.string
