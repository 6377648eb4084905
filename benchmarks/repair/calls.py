"""Slips of how calls, methods and statements are put together.

Like those beside this file they share nothing with the rules that repair.
"""

import ast
import random
from itertools import pairwise

from benchmarks.repair.text import Changes, Kind, Text, mistyped

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SHORTEST = 3
_OF_BUILTINS = frozenset(["sorted", "len", "sum", "max", "min", "reversed", "str", "list", "round"])
_ENCODINGS = ("utf-16", "ascii", "utf-32", "uft-8")


def _left_out(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(args=[*some, _], keywords=words):
            yield text.span(node), _call(text, node, [*some, *words])
        case _:
            return


def _swapped(node: ast.AST, text: Text, _: random.Random) -> Changes:
    """The last two arguments, or the first two of a call that has keywords too."""
    match node:
        case ast.Call(args=[*some, one, other], keywords=words) if some or words:
            if text.of(one) != text.of(other):
                yield text.span(node), _call(text, node, [*some, other, one, *words])
        case _:
            return


def _call(text: Text, call: ast.Call, given: list[ast.expr | ast.keyword]) -> str:
    return f"{text.of(call.func)}({', '.join(map(text.of, given))})"


def _called_again(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(args=[_, *_]):
            yield text.span(node), f"{text.of(node)}()"
        case ast.BinOp(left=ast.Name() | ast.Attribute() as part):
            yield text.span(part), f"{text.of(part)}()"
        case ast.Subscript(value=ast.Name() as part, ctx=ast.Load()):
            yield text.span(part), f"{text.of(part)}()"
        case _:
            return


def _without_self(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Load()):
            yield text.span(node), name
        case ast.ClassDef(body=body):
            for method in body:
                if isinstance(method, _FUNCTIONS) and method.args.args:
                    first, *others = method.args.args
                    start = text.span(first)[0]
                    end = text.span(others[0])[0] if others else text.span(first)[1]
                    if first.arg == "self":
                        yield (start, end), ""
        case _:
            return


def _unset(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"))]):
            yield text.span(node), "pass"
        case _:
            return


def _unstarred(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(args=args, keywords=words):
            for each in args:
                if isinstance(each, ast.Starred):
                    yield text.span(each), text.of(each.value)
            for word in words:
                if word.arg is None:
                    yield text.span(word), text.of(word.value)
        case _:
            return


def _in_a_list(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(args=[first, *_]) if not isinstance(first, ast.Starred | ast.GeneratorExp):
            yield text.span(first), f"[{text.of(first)}]"
        case ast.Return(value=ast.expr() as value):
            yield text.span(value), f"[{text.of(value)}]"
        case _:
            return


def _not_unpacked(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=[first, _]) as target], value=ast.Call()):
            yield text.span(target), text.of(first)
        case _:
            return


def _lambda(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Lambda(args=ast.arguments(args=[only]), body=body):
            head = chance.choice(["", f" {only.arg}, other"])
            yield text.span(node), f"lambda{head}: {text.of(body)}"
        case _:
            return


def _forgotten(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield text.span(node), "pass"
        case _:
            return


def _too_late(node: ast.AST, text: Text, _: random.Random) -> Changes:
    """Two statements in the wrong order."""
    body = node.body if isinstance(node, (*_FUNCTIONS, ast.For, ast.While)) else []
    for one, other in pairwise(body):
        if isinstance(one, ast.Assign) and isinstance(other, ast.Assign | ast.Expr):
            start, end = text.span(one)[0], text.span(other)[1]
            gap = text.whole[text.span(one)[1] : text.span(other)[0]]
            yield (start, end), f"{text.of(other)}{gap}{text.of(one)}"


def _as_method(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[ast.Name() as owner, *others], keywords=words):
            if name in _OF_BUILTINS:
                given = ", ".join(map(text.of, [*others, *words]))
                yield text.span(node), f"{text.of(owner)}.{name}({given})"
        case _:
            return


def _as_function(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name() as owner, attr=name), args=args):
            if not node.keywords:
                given = ", ".join(map(text.of, [owner, *args]))
                yield text.span(node), f"{name}({given})"
        case _:
            return


def _not_awaited(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Await(value=value):
            yield text.span(node), text.of(value)
        case _:
            return


def _encoding(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.keyword(arg="encoding", value=value):
            yield text.span(value), repr(chance.choice(_ENCODINGS))
        case _:
            return


def _path(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Constant(value=str(word)) if "." in word and word.isascii() and " " not in word:
            stem, _, ending = word.rpartition(".")
            if len(stem) > _SHORTEST and ending in {"csv", "json", "txt", "jsonl"}:
                wrong = [f"{mistyped(stem, chance)}.{ending}", word.capitalize(), f"in/{word}"]
                yield text.span(node), repr(chance.choice(wrong))
        case _:
            return


KINDS: dict[str, Kind] = {
    "argument left out": _left_out,
    "swapped further": _swapped,
    "called again": _called_again,
    "without self": _without_self,
    "unset": _unset,
    "star left out": _unstarred,
    "in a list": _in_a_list,
    "not unpacked": _not_unpacked,
    "other lambda": _lambda,
    "forgotten": _forgotten,
    "too late": _too_late,
    "as method": _as_method,
    "as function": _as_function,
    "not awaited": _not_awaited,
    "other encoding": _encoding,
    "other path": _path,
}
