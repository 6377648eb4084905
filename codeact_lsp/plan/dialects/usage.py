"""What the body of a function does with its parameters."""

import ast
import builtins
import re
from functools import cache
from typing import NamedTuple

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# Whoever calls one of these can use a parameter without writing its name.
_SEES_ALL = frozenset({"locals", "vars", "eval", "exec", "dir"})
_BUILTINS = frozenset(dir(builtins))
# Fields of a syntax tree in which no variable stands.
_MUTE = frozenset({"attr", "arg", "ctx", "kind", "op", "ops"})
_WORD = re.compile(r"\w+")


class Usage(NamedTuple):
    """Parameters of a function, by what its body does with them.

    Attributes:
        unused: Those that nothing in the body mentions.
        called: Those named like a builtin that the body calls like functions.
    """

    unused: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()


def usage(function: _Function) -> Usage:
    """Read the body of `function`.

    A word in a string counts as a mention: queries of pandas, DuckDB and others name local
    variables in text. A body that is yet to be written uses everything.
    """
    arguments = function.args
    names = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    body = [statement for statement in function.body if not _is_text(statement)]
    if not names or all(map(_is_stub, body)):
        return Usage()
    mentioned, called = _mentions(body, names)
    unused = frozenset() if mentioned & _SEES_ALL else names - mentioned
    return Usage(frozenset(unused), frozenset(names & called))


def _mentions(body: list[ast.stmt], sought: set[str]) -> tuple[set[str], set[str]]:
    """The names that stand in the body, and those that are called there.

    A parameter that is named like no builtin is only sought until it is found.
    """
    mentioned: set[str] = set()
    called: set[str] = set()
    to_the_end = not sought.isdisjoint(_BUILTINS)
    pending: list[ast.AST] = list(reversed(body))
    while pending and (to_the_end or not sought <= mentioned):
        part = pending.pop()
        # Most of a body are these two, which have nothing in them to go on with.
        if type(part) is ast.Name:
            mentioned.add(part.id)
        elif type(part) is ast.Constant:
            if isinstance(part.value, str):
                mentioned.update(_WORD.findall(part.value))
        else:
            if type(part) is ast.Call and type(part.func) is ast.Name:
                called.add(part.func.id)
            pending += _parts(part)
    return mentioned, called


def _parts(node: ast.AST) -> list[ast.AST]:
    """What `ast.iter_child_nodes` yields, but for what mentions nothing."""
    parts: list[ast.AST] = []
    for name in _telling(node._fields):
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            parts.append(value)
        elif isinstance(value, list):
            parts += [item for item in value if isinstance(item, ast.AST)]
    return parts


@cache
def _telling(fields: tuple[str, ...]) -> list[str]:
    """Those fields of a part of a tree that can mention something."""
    return [name for name in fields if name not in _MUTE]


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_stub(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass():
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError")):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
        case _:
            return False
