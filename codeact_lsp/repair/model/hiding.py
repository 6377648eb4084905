"""Whether a change mends a failure or only keeps it from showing."""

import ast
from collections import Counter
from collections.abc import Iterator

from codeact_lsp.plan.edits.function import FunctionDef

_SILENT = frozenset({"suppress", "filterwarnings", "simplefilter", "seterr"})
_FORGIVING = frozenset({"ignore", "coerce", "replace", "surrogateescape"})
_EMPTY = (ast.Constant, ast.List, ast.Dict, ast.Tuple, ast.Set)


def hides(before: FunctionDef, after: FunctionDef) -> bool:
    """Whether there is a new way past the work: a made-up result, a skipped step, a default.

    It is meant to find rather too many: who hides nothing is told apart by a person at once.
    """
    return silences(before, after) or _works(after) < _works(before)


def silences(before: FunctionDef, after: FunctionDef) -> bool:
    """Whether there is a new default, skip or handler, or a result that is made up."""
    return bool(Counter(_silences(after)) - Counter(_silences(before)))


def _silences(function: FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        match node:
            case ast.ExceptHandler():
                yield "except"
            case ast.Return(value=value) if value is None or _is_made_up(value):
                yield "return"
            case ast.Continue() | ast.Pass():
                yield "skip"
            case ast.IfExp(orelse=other) if _is_made_up(other):
                yield "default"
            case ast.BoolOp(op=ast.Or(), values=[*_, other]) if _is_made_up(other):
                yield "default"
            case ast.Call():
                yield from _forgiving(node)
            case _:
                pass


def _forgiving(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name in _SILENT:
        yield "suppress"
    if name in {"get", "getattr", "next", "pop", "fillna", "setdefault"} and call.args:
        yield from ("default" for given in call.args[1:] or call.args if _is_made_up(given))
    for word in call.keywords:
        if isinstance(word.value, ast.Constant) and word.value.value in _FORGIVING:
            yield "forgiven"


def _is_made_up(value: ast.expr) -> bool:
    """A constant, or a collection of none but constants."""
    parts = (ast.Load, ast.UnaryOp, ast.USub, *_EMPTY)
    return isinstance(value, (*_EMPTY, ast.UnaryOp)) and all(
        isinstance(node, parts) for node in ast.walk(value)
    )


def _works(function: FunctionDef) -> int:
    """How much it does: calls, operations, loops."""
    kinds = (ast.Call, ast.BinOp, ast.For, ast.While, ast.comprehension, ast.Subscript)
    return sum(isinstance(node, kinds) for node in ast.walk(function)) // 2
