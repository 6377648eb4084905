"""What the caret is about to complete, found in the text alone: the code is half-typed."""

import re
from dataclasses import dataclass
from itertools import pairwise

from codeact_lsp.plan.document import Document
from codeact_lsp.plan.source import Span

# Nobody types a signature of such length, and a scan of it would hold up the editor.
_MOST_CHARACTERS = 20_000
_DEF = re.compile(r"(?:\A|(?<=[\r\n]))(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*(?:\[[^\r\n(]*\])?\(")
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\r\n]*|\"\"\"[\s\S]*?(?:\"\"\"|\Z)|'''[\s\S]*?(?:'''|\Z)
      |"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[=!<>:]=)
      |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<equals>=)
      |(?P<def>[\r\n](?:async[ \t]+)?(?:def|class)\b)""",
    re.VERBOSE,
)
_PARAMETER = re.compile(r"(?:\s|\\[\r\n]|#[^\r\n]*[\r\n])*(\*{0,2})[ \t]*(\w*)")
_BODY = re.compile(r"[ \t]*(?:->[^:\r\n]*)?:(?:\s|#[^\r\n]*(?=[\r\n]))*([rRuU]?)(\"\"\"|'''|\"|')")
_ANNOTATED = re.compile(r"\w*[ \t]*:")


@dataclass(frozen=True, slots=True)
class ParameterPlace:
    """In the parentheses of a node.

    Attributes:
        function: The name of the function.
        typed: What has been typed of the name, or of the default.
        taken: The names of the other parameters.
        default_of: The parameter whose default is being typed; empty if it is a name.
        annotated: Whether a colon follows the name already.
    """

    function: str
    typed: Span
    taken: frozenset[str]
    default_of: str = ""
    annotated: bool = False


@dataclass(frozen=True, slots=True)
class DocstringPlace:
    """In the docstring of a node.

    Attributes:
        function: The name of the function.
        parameters: The names in its parentheses.
        before: The docstring up to the caret.
        after: The docstring behind the caret.
        start: Where `before` begins.
    """

    function: str
    parameters: tuple[str, ...]
    before: str
    after: str
    start: int


def place_at(document: Document, offset: int) -> ParameterPlace | DocstringPlace | None:
    """The place of the caret, if it is one where a plan knows more than Python does."""
    index = document.piece_at(offset)
    start, text = document.starts[index], document.pieces[index].text
    caret = offset - start
    heads = [head for head in _DEF.finditer(text) if head.end() <= caret]
    if not heads or heads[-1][1].startswith("_"):
        return None
    head = heads[-1]
    scan = _scan(text, head.end())
    if scan.end is None or caret <= scan.end:
        return _in_parameters(text, scan, caret, head[1], start)
    return _in_docstring(text, scan, caret, head[1], start)


@dataclass(frozen=True, slots=True)
class _Scan:
    """The parentheses of a signature, and where they close, if they do."""

    parts: tuple[Span, ...]
    equals: tuple[int, ...]
    skipped: tuple[Span, ...]
    end: int | None

    def names(self, text: str, but: Span | None = None) -> list[str]:
        """The names of the parameters, less the one that stands at `but`."""
        parts = (part for part in self.parts if part != but)
        found = (_PARAMETER.match(text, part.start, part.end) for part in parts)
        return [match[2] for match in found if match and match[2]]

    def skips(self, text: str, caret: int) -> bool:
        """Whether the caret is inside a string or a comment."""
        around = (skip for skip in self.skipped if skip.start < caret <= skip.end)
        return any(caret < skip.end or text[skip.start] == "#" for skip in around)


def _scan(text: str, start: int) -> _Scan:
    """Read the parentheses that opened before `start`; another definition ends them too."""
    depth, cuts, end = 0, [start - 1], None
    equals: list[int] = []
    skipped: list[Span] = []
    limit = min(start + _MOST_CHARACTERS, len(text))
    for match in _TOKEN.finditer(text, start, limit):
        kind, at = match.lastgroup, match.start()
        if kind == "skip":
            skipped.append(Span(*match.span()))
        elif kind == "def" or (kind == "close" and depth == 0):
            end = at if kind == "close" else None
            limit = at
            break
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif depth == 0:
            (cuts if kind == "comma" else equals).append(at)
    parts = (Span(one + 1, other) for one, other in pairwise([*cuts, limit]))
    return _Scan(tuple(parts), tuple(equals), tuple(skipped), end)


def _in_parameters(
    text: str, scan: _Scan, caret: int, function: str, start: int
) -> ParameterPlace | None:
    part = next((part for part in scan.parts if caret in part), None)
    if part is None or scan.skips(text, caret):
        return None
    taken = frozenset(scan.names(text, but=part))
    name = _PARAMETER.match(text, part.start, caret)
    equals = next((at for at in scan.equals if part.start <= at < caret), None)
    if equals is not None and name:
        begin = caret - len(text[equals + 1 : caret].lstrip(" \t"))
        return ParameterPlace(function, Span(begin, caret).shifted(start), taken, name[2])
    if name is None or name.end() != caret or name[1] or name[2][:1].isdigit():
        return None
    typed = Span(name.start(2), caret).shifted(start)
    annotated = _ANNOTATED.match(text, caret) is not None
    return ParameterPlace(function, typed, taken, annotated=annotated)


def _in_docstring(
    text: str, scan: _Scan, caret: int, function: str, start: int
) -> DocstringPlace | None:
    opening = _BODY.match(text, (scan.end or 0) + 1)
    if opening is None or opening.end() > caret:
        return None
    closing = text.find(opening[2], opening.end())
    closing = len(text) if closing < 0 else closing
    if caret > closing:
        return None
    return DocstringPlace(
        function=function,
        parameters=tuple(scan.names(text)),
        before=text[opening.end() : caret],
        after=text[caret:closing],
        start=start + opening.end(),
    )
