"""Slips of one thing for another that is like it: an operator, a place, a variable, a method.

Like those beside this file they share nothing with the rules that repair.
"""

import ast
import random
from collections.abc import Iterator

from benchmarks.repair.text import Changes, Kind, Text

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SIGNS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-*"), ast.Sub: ("-", "+/"), ast.Mult: ("*", "+-"), ast.Div: ("/", "+%"),
    ast.Mod: ("%", "/+"),
}  # fmt: skip
# What is easily taken for each other.
_METHODS = {
    "items": ("keys", "values"), "keys": ("items",), "values": ("items", "keys"),
    "append": ("extend", "insert"), "extend": ("append",), "split": ("splitlines", "partition"),
    "strip": ("split",), "partition": ("split",), "get": ("pop",), "setdefault": ("get",),
    "group": ("groups",), "groups": ("group",), "sort": ("sorted",), "pop": ("popleft", "remove"),
    "popleft": ("pop_left",), "join": ("concat",), "find": ("search",), "most_common": ("top",),
    "read": ("readlines",), "readlines": ("read",), "update": ("append",), "discard": ("delete",),
}  # fmt: skip
_BEGINNINGS = {
    "[]": ("{}", "None", "()", "set()"), "{}": ("[]", "None"), "set()": ("[]", "{}"),
    "0": ("None", '""', "[]"), '""': ("None", "[]"), "''": ("None", "[]"), "1": ("None",),
    "Counter()": ("{}",), "deque()": ("set()",), "0.0": ("None", '""'),
    "defaultdict(list)": ("{}", "defaultdict(int)"), "defaultdict(int)": ("{}", "defaultdict(str)"),
    "defaultdict(set)": ("{}", "defaultdict(list)"), "defaultdict(float)": ("{}",),
}  # fmt: skip


def _operator(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            sign, others = _SIGNS[type(op)]
            yield _between(left, right, text, sign, chance.choice(others))
        case _:
            return


def _true_division(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            yield _between(left, right, text, "//", "/")
        case _:
            return


def _between(
    left: ast.expr, right: ast.expr, text: Text, sign: str, other: str
) -> tuple[tuple[int, int], str]:
    """The place of the sign between two operands, and another one."""
    start, end = text.span(left)[1], text.span(right)[0]
    at = text.whole.index(sign, start, end)
    return (at, at + len(sign)), other


def _comparison(node: ast.AST, text: Text, _: random.Random) -> Changes:
    signs = {ast.Lt: ("<", "<="), ast.Gt: (">", ">="), ast.IsNot: ("is not", "is"),
             ast.Is: ("is", "is not"), ast.NotIn: ("not in", "in"), ast.In: ("in", "not in"),
             ast.NotEq: ("!=", "==")}  # fmt: skip
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in signs:
            yield _between(left, right, text, *signs[type(op)])
        case _:
            return


def _place(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Subscript(slice=ast.Constant(value=int(number)) as place) if number is not True:
            yield text.span(place), str(number + 1)
            yield text.span(place), str(number + 2)
        case ast.Subscript(slice=ast.UnaryOp() as place):
            yield text.span(place), text.of(place).replace("-", "")
        case _:
            return


def _variable(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    for read, names in _read(node):
        others = sorted(names - {read.id})
        if read.id in names and others:
            yield text.span(read), chance.choice(others)


def _read(node: ast.AST) -> Iterator[tuple[ast.Name, set[str]]]:
    """The names that a function reads, and all that it binds."""
    if isinstance(node, _FUNCTIONS):
        parts = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
        bound = {part.id for part in parts if isinstance(part.ctx, ast.Store)}
        bound |= {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
        yield from ((part, bound) for part in parts if isinstance(part.ctx, ast.Load))


def _method(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Attribute(attr=word) as method) if word in _METHODS:
            end = text.span(method)[1]
            yield (end - len(word), end), chance.choice(_METHODS[word])
        case _:
            return


def _key(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    if not isinstance(node, _FUNCTIONS):
        return
    asked = [part for part in ast.walk(node) if isinstance(part, ast.Subscript)]
    keys = [part.slice for part in asked if isinstance(part.slice, ast.Constant)]
    texts = sorted({key.value for key in keys if isinstance(key.value, str)})
    for key in keys:
        others = [each for each in texts if each != key.value]
        if isinstance(key.value, str) and others:
            yield text.span(key), repr(chance.choice(others))


def _spelling(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    """A name, a member or a key in the singular, in the plural or with other capitals."""
    match node:
        case ast.Name(id=word, ctx=ast.Load()):
            yield text.span(node), _respelt(word, chance)
        case ast.Attribute(attr=word, ctx=ast.Load()):
            end = text.span(node)[1]
            yield (end - len(word), end), _respelt(word, chance)
        case ast.Subscript(slice=ast.Constant(value=str(word)) as key) if word:
            yield text.span(key), repr(_respelt(word, chance))
        case _:
            return


def _respelt(word: str, chance: random.Random) -> str:
    number = word[:-1] if word.endswith("s") and len(word) > 1 else f"{word}s"
    case = word.capitalize() if word.islower() else word.lower()
    return chance.choice([number, case, f"{word}_"])


def _as_attribute(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(word)), ctx=ast.Load()):
            if word.isidentifier():
                yield text.span(node), f"{text.of(owner)}.{word}"
        case _:
            return


def _as_key(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Attribute(value=ast.Name() as owner, attr=word, ctx=ast.Load()):
            yield text.span(node), f"{text.of(owner)}[{word!r}]"
        case _:
            return


def _looked_up(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="get" | "setdefault"), args=[key, *_]):
            yield text.span(node), f"{text.of(owner)}[{text.of(key)}]"
        case _:
            return


def _beginning(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            others = _BEGINNINGS.get(text.of(value))
            if others:
                yield text.span(value), chance.choice(others)
        case _:
            return


def _gone_through(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    """The places for the items, the items for their places, or how many there are."""
    match node:
        case ast.Call(
            func=ast.Name("range"), args=[ast.Call(func=ast.Name("len"), args=[of]) as n]
        ):
            yield text.span(node), chance.choice([text.of(n), text.of(of)])
        case ast.For(iter=ast.Name() as source):
            yield text.span(source), f"range(len({text.of(source)}))"
        case _:
            return


def _separator(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Call(
            func=ast.Attribute(attr="split" | "rsplit" | "partition"),
            args=[ast.Constant(value=str(word)) as mark, *_],
        ):
            others = [each for each in (",", ";", ":", "|", "\t") if each != word]
            yield text.span(mark), repr(chance.choice(others))
        case _:
            return


def _number(node: ast.AST, text: Text, _: random.Random) -> Changes:
    """A text that looks like the number, or a number for a text."""
    match node:
        case ast.Call(args=[*_, ast.Constant(value=value) as last]):
            if isinstance(value, int) and not isinstance(value, bool):
                yield text.span(last), repr(str(value))
            elif isinstance(value, str):
                yield text.span(last), "10"
        case _:
            return


KINDS: dict[str, Kind] = {
    "other operator": _operator,
    "true division": _true_division,
    "other comparison": _comparison,
    "other place": _place,
    "other variable": _variable,
    "other method": _method,
    "other key": _key,
    "other spelling": _spelling,
    "key as attribute": _as_attribute,
    "attribute as key": _as_key,
    "looked up": _looked_up,
    "other beginning": _beginning,
    "gone through": _gone_through,
    "other separator": _separator,
    "text for number": _number,
}
