"""Slips of the kinds that people and models make, one in a place of a function.

Nothing here is shared with the rules that repair: what both took from one table would be found by
construction. What a slip makes of a place is drawn by chance, and the chance by a seed.
"""

import ast
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

_SHORTEST = 3


@dataclass(frozen=True)
class Slip:
    """A changed text, and what kind of change that is."""

    kind: str
    text: str


def slips(text: str, functions: frozenset[str], chance: random.Random) -> Iterator[Slip]:
    """Each kind of slip in each place of some functions where it can be made."""
    written = _Text(text)
    for top in ast.parse(text).body:
        if isinstance(top, ast.FunctionDef) and top.name in functions:
            for node in ast.walk(top):
                for kind, change in _KINDS.items():
                    for span, new in change(node, written, chance):
                        yield Slip(kind, text[: span[0]] + new + text[span[1] :])


class _Text:
    """Where the parts of a text stand, which is all ASCII."""

    def __init__(self, text: str) -> None:
        self._text = text
        lengths = map(len, text.splitlines(keepends=True))
        self._starts = list(accumulate(lengths, initial=0))

    def span(self, node: ast.AST) -> tuple[int, int]:
        lines = (node.lineno, node.end_lineno)  # type: ignore[attr-defined]  # what parts have
        columns = (node.col_offset, node.end_col_offset)  # type: ignore[attr-defined]  # as above
        return (
            self._starts[lines[0] - 1] + columns[0],
            self._starts[lines[1] - 1] + columns[1],
        )

    def of(self, node: ast.AST) -> str:
        start, end = self.span(node)
        return self._text[start:end]


_Changes = Iterator[tuple[tuple[int, int], str]]


def _mistyped(word: str, chance: random.Random) -> str:
    """A word with two letters in the wrong order, one twice, or one left out."""
    at = chance.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice([swapped, word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :]])


def _name(node: ast.AST, text: _Text, chance: random.Random) -> _Changes:
    match node:
        case ast.Name(id=word, ctx=ast.Load()) if len(word) > _SHORTEST:
            yield text.span(node), _mistyped(word, chance)
        case _:
            return


def _attribute(node: ast.AST, text: _Text, chance: random.Random) -> _Changes:
    match node:
        case ast.Attribute(attr=word, ctx=ast.Load()) if len(word) > _SHORTEST:
            end = text.span(node)[1]
            yield (end - len(word), end), _mistyped(word, chance)
        case _:
            return


def _uncalled(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.Call(func=ast.Attribute() as method, args=[], keywords=[]):
            yield text.span(node), text.of(method)
        case _:
            return


def _wrong_brackets(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.Subscript(value=owner, slice=ast.Name() | ast.Constant() as key):
            if isinstance(node.ctx, ast.Load):
                yield text.span(node), f"{text.of(owner)}({text.of(key)})"
        case _:
            return


def _swapped(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.Call(args=[one, other], keywords=[]) if text.of(one) != text.of(other):
            yield text.span(node), f"{text.of(node.func)}({text.of(other)}, {text.of(one)})"
        case _:
            return


def _one_more(node: ast.AST, text: _Text, chance: random.Random) -> _Changes:
    match node:
        case ast.Call(args=[*given, last], keywords=[]):
            extra = chance.choice(["None", "0", text.of(last)])
            every = ", ".join([*map(text.of, given), text.of(last), extra])
            yield text.span(node), f"{text.of(node.func)}({every})"
        case _:
            return


def _too_far(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.Call(func=ast.Name("range"), args=[*_, ast.Call(func=ast.Name("len")) as end]):
            yield text.span(end), f"{text.of(end)} + 1"
        case ast.Subscript(slice=ast.Name() as index, ctx=ast.Load()):
            yield text.span(index), f"{text.of(index)} + 1"
        case _:
            return


def _as_text(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult(), right=ast.Name() as right):
            yield text.span(right), f"str({text.of(right)})"
        case _:
            return


def _not_begun(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.Assign(
            targets=[ast.Name()], value=ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Constant()
        ):
            yield text.span(node), "pass"
        case _:
            return


def _kept(node: ast.AST, text: _Text, _: random.Random) -> _Changes:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner)))):
            start = text.span(node)[0]
            yield (start, start), f"{owner} = "
        case _:
            return


_KINDS: dict[str, Callable[[ast.AST, _Text, random.Random], _Changes]] = {
    "name": _name,
    "attribute": _attribute,
    "uncalled": _uncalled,
    "brackets": _wrong_brackets,
    "swapped": _swapped,
    "one argument more": _one_more,
    "one too far": _too_far,
    "number as text": _as_text,
    "not begun": _not_begun,
    "result kept": _kept,
}
