"""Slips of the kinds that people and models make, one in a place of a function.

Nothing here is shared with the rules that repair: what both took from one table would be found by
construction. What a slip makes of a place is drawn by chance, and the chance by a seed.
"""

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.repair import calls, confusions, omissions
from benchmarks.repair.text import Changes, Kind, Text, mistyped

_SHORTEST = 3
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Slip:
    """A change of a text, and what kind of change that is."""

    kind: str
    before: str
    span: tuple[int, int]
    new: str

    @property
    def text(self) -> str:
        """The text with the slip in it."""
        start, end = self.span
        return self.before[:start] + self.new + self.before[end:]


def slips(text: str, functions: frozenset[str], chance: random.Random) -> Iterator[Slip]:
    """Each kind of slip in each place of some functions, and of the classes that they name.

    Whether what comes of it can be read, is seen when it is run.
    """
    written = Text(text)
    tops = ast.parse(text).body
    asked = [top for top in tops if isinstance(top, _FUNCTIONS) and top.name in functions]
    parts = [node for top in asked for node in ast.walk(top)]
    used = {node.id for node in parts if isinstance(node, ast.Name)}
    parts += [top for top in tops if omissions.binds(top) & used]
    kinds = [top for top in tops if isinstance(top, ast.ClassDef) and top.name in used]
    parts += [node for kind in kinds for node in ast.walk(kind)]
    for node in parts:
        for kind, change in KINDS.items():
            for span, new in change(node, written, chance):
                if text[slice(*span)] != new:
                    yield Slip(kind, text, span, new)


def _name(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Name(id=word, ctx=ast.Load()) if len(word) > _SHORTEST:
            yield text.span(node), mistyped(word, chance)
        case _:
            return


def _attribute(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Attribute(attr=word, ctx=ast.Load()) if len(word) > _SHORTEST:
            end = text.span(node)[1]
            yield (end - len(word), end), mistyped(word, chance)
        case _:
            return


def _uncalled(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Attribute() as method, args=[], keywords=[]):
            yield text.span(node), text.of(method)
        case _:
            return


def _wrong_brackets(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Subscript(value=owner, slice=ast.Name() | ast.Constant() as key):
            if isinstance(node.ctx, ast.Load):
                yield text.span(node), f"{text.of(owner)}({text.of(key)})"
        case _:
            return


def _swapped(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(args=[one, other], keywords=[]) if text.of(one) != text.of(other):
            yield text.span(node), f"{text.of(node.func)}({text.of(other)}, {text.of(one)})"
        case _:
            return


def _one_more(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Call(args=[*given, last], keywords=[]):
            extra = chance.choice(["None", "0", text.of(last)])
            every = ", ".join([*map(text.of, given), text.of(last), extra])
            yield text.span(node), f"{text.of(node.func)}({every})"
        case _:
            return


def _too_far(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Name("range"), args=[*_, ast.Call(func=ast.Name("len")) as end]):
            yield text.span(end), f"{text.of(end)} + 1"
        case ast.Subscript(slice=ast.Name() as index, ctx=ast.Load()):
            yield text.span(index), f"{text.of(index)} + 1"
        case _:
            return


def _as_text(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult(), right=ast.Name() as right):
            yield text.span(right), f"str({text.of(right)})"
        case _:
            return


def _not_begun(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Assign(
            targets=[ast.Name()], value=ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Constant()
        ):
            yield text.span(node), "pass"
        case _:
            return


def _kept(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=owner)))):
            start = text.span(node)[0]
            yield (start, start), f"{owner} = "
        case _:
            return


KINDS: dict[str, Kind] = {
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
    **omissions.KINDS,
    **confusions.KINDS,
    **calls.KINDS,
}
"""What makes the slips of each kind."""
