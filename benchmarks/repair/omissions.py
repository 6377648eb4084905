"""Slips of what is left out, or given back in another form than the rest of the code counts on.

Like those beside this file they share nothing with the rules that repair.
"""

import ast
import random

from benchmarks.repair.text import Changes, Kind, Text, mistyped

_SHORTEST = 3
_CONVERSIONS = frozenset(["int", "float", "str", "list", "tuple", "set", "dict", "range", "len"])
# What those write who come from another language.
_ELSEWHERE = {
    "append": "push", "strip": "trim", "lower": "toLowerCase", "upper": "toUpperCase",
    "startswith": "startsWith", "endswith": "endsWith", "add": "append", "extend": "addAll",
    "items": "iteritems", "find": "indexOf", "join": "implode",
}  # fmt: skip


def binds(top: ast.stmt) -> set[str]:
    """What a statement imports as the only thing that it does."""
    match top:
        case ast.Import(names=[alias]) | ast.ImportFrom(names=[alias]):
            return {(alias.asname or alias.name).partition(".")[0]}
        case _:
            return set()


def _unimported(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Import(names=[_]) | ast.ImportFrom(names=[_], level=0):
            yield text.span(node), "pass"
        case _:
            return


def _module_mistyped(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Import(names=[ast.alias(name=name)]) | ast.ImportFrom(module=str(name), level=0):
            if len(name) > _SHORTEST and name.isidentifier():
                yield text.span(node), text.of(node).replace(name, mistyped(name, chance), 1)
        case _:
            return


def _unreturned(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Return(value=ast.expr() as value):
            yield text.span(node), text.of(value)
        case _:
            return


def _printed(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Return(value=ast.expr() as value):
            yield text.span(node), f"print({text.of(value)})"
        case _:
            return


def _none_returned(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Return(value=ast.expr()):
            yield text.span(node), "return None"
        case _:
            return


def _in_a_tuple(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Return(value=ast.expr()) | ast.Assign():
            yield text.span(node), f"{text.of(node)},"
        case _:
            return


def _as_text(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Return(value=ast.expr() as value):
            yield text.span(value), f"str({text.of(value)})"
        case _:
            return


def _key(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.Subscript(slice=ast.Constant(value=str(word)) as key) if len(word) > _SHORTEST:
            yield text.span(key), repr(mistyped(word, chance))
        case ast.Dict(keys=keys):
            for each in (key for key in keys if isinstance(key, ast.Constant)):
                if isinstance(each.value, str) and len(each.value) > _SHORTEST:
                    yield text.span(each), repr(mistyped(each.value, chance))
        case _:
            return


def _keyword(node: ast.AST, text: Text, chance: random.Random) -> Changes:
    match node:
        case ast.keyword(arg=str(word), value=value) if len(word) > _SHORTEST - 1:
            yield text.span(node), f"{mistyped(word, chance)}={text.of(value)}"
        case _:
            return


def _unconverted(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[only], keywords=[]) if name in _CONVERSIONS:
            yield text.span(node), f"({text.of(only)})"
        case _:
            return


def _without_items(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Call(func=ast.Attribute(value=owner, attr="items"), args=[]):
            yield text.span(node), text.of(owner)
        case ast.Call(func=ast.Name("enumerate" | "zip"), args=[owner, *_]):
            yield text.span(node), text.of(owner)
        case _:
            return


def _unpacked(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=[*some, last] as names) as target]) if some:
            yield text.span(target), ", ".join(map(text.of, some)) + ("," if not some[1:] else "")
            yield text.span(target), ", ".join([*map(text.of, names), f"{text.of(last)}_too"])
        case _:
            return


def _without_module(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Attribute(value=ast.Name("os" | "re" | "math" | "sys" | "itertools"), attr=name):
            yield text.span(node), name
        case _:
            return


def _unguarded(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.BoolOp(op=ast.And(), values=[_, *rest]):
            yield text.span(node), " and ".join(map(text.of, rest))
        case ast.IfExp(body=body):
            yield text.span(node), text.of(body)
        case _:
            return


def _of_another_language(node: ast.AST, text: Text, _: random.Random) -> Changes:
    match node:
        case ast.Attribute(attr=word) if word in _ELSEWHERE:
            end = text.span(node)[1]
            yield (end - len(word), end), _ELSEWHERE[word]
        case ast.Call(func=ast.Name("len"), args=[only]):
            yield text.span(node), f"{text.of(only)}.length"
        case _:
            return


KINDS: dict[str, Kind] = {
    "import left out": _unimported,
    "module mistyped": _module_mistyped,
    "not returned": _unreturned,
    "printed": _printed,
    "none returned": _none_returned,
    "in a tuple": _in_a_tuple,
    "text returned": _as_text,
    "key": _key,
    "keyword": _keyword,
    "unconverted": _unconverted,
    "items left out": _without_items,
    "unpacked": _unpacked,
    "module left out": _without_module,
    "unguarded": _unguarded,
    "other language": _of_another_language,
}
