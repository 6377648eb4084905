"""A value that was to be counted or converted before it was kept or used.

Answers what comes of a wrong value, and goes by the types that the message names. Looks at what
made the values of the place, at the place, and at the calls that led there. Tried only where
nothing else has worked.

    indent = m.group(1); " " * (indent + 4)   ->  indent = len(m.group(1))
    year = text[:4]; year % 100               ->  year = int(text[:4])
    key = line[0]; key + 4                    ->  key = ord(line[0]), of what is no digit
    rows = map(read, lines); rows[0]          ->  rows = list(map(read, lines))
    marks = [1, 2]; marks & others            ->  marks = set([1, 2])
"""

import ast
from collections.abc import Iterator
from contextlib import suppress

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead

_LESS = WILD * 0.75
# By what the message says that it has met.
_MEANT = (
    (r"\bstr\b", ("int", "len", "float")),
    (r"\b(?:generator|map|filter|zip|dict_\w+|\w*iterator|range|odict_\w+)\b", ("list", "dict")),
    (r"\blist\b", ("len", "tuple", "set", "str")),
    (r"\b(?:tuple|set|frozenset|dict)\b", ("list", "len", "dict")),
    (r"\b(?:int|float|NoneType|[A-Z]\w+)\b", ("str", "int", "range")),
)
_OF_DIGITS = frozenset({"int", "float"})
_VALUES = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each value of the places as what may be made of it."""
    makers = list(_makers(scene)) if scene.error.type == "TypeError" else []
    for number, there in enumerate(places(scene) if makers else ()):
        for value in _values(there):
            for rank, maker in enumerate(makers):
                if not (isinstance(value, ast.Call) and called(value) == maker):
                    text = f"{maker}({there.text(value)})"
                    likely = WILD if number else _LESS
                    yield instead(there, value, text, likely * (1 - rank / 10))


def _makers(scene: Scene) -> Iterator[str]:
    texts = list(_texts(scene))
    if any(len(text) == 1 and not text.isdecimal() for text in texts):
        yield "ord"
    for said, makers in _MEANT:
        if scene.said(said):
            yield from (each for each in makers if each not in _OF_DIGITS or _may_be_number(texts))
            return


def _texts(scene: Scene) -> Iterator[str]:
    """The texts that were seen at the place."""
    for value in scene.error.values:
        with suppress(ValueError, SyntaxError):
            seen = ast.literal_eval(value.value) if value.type == "str" else None
            yield from [seen] if isinstance(seen, str) else []


def _may_be_number(texts: list[str]) -> bool:
    """Whether one of them has a digit; where none was seen, each may."""
    return not texts or any(each.isdecimal() for text in texts for each in text)


def _values(scene: Scene) -> Iterator[ast.expr]:
    """The whole of what was made; of an operation or a call its parts."""
    match scene.first:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            yield from (each for each in (left, right) if isinstance(each, _VALUES))
        case ast.Call(args=args) as call:
            yield call
            yield from (each for each in args if isinstance(each, _VALUES))
        case ast.Name() | ast.Attribute() | ast.Subscript() as value if isinstance(
            value.ctx, ast.Load
        ):
            yield value
        case _:
            return


RULE = rule("other-conversions", EVERY, candidates)
