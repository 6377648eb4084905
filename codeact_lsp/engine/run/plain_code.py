"""Code that can reach nothing of the process it runs in: it computes with plain data, no more.

Such code leaves nothing behind for what runs after it in the same process, and nothing that was
there before can change what it computes. That is certain only of a small part of the language, so
whatever is not in that part is not plain: imports, classes, `try`, `with`, generators, attributes
other than the methods of plain data, and names of whose meaning the text does not tell.
"""

import ast
import builtins
import functools
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

_BLANK_LINES = re.compile(r"\n\s*\n")
_OPERATORS = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
_SYNTAX: frozenset[type[ast.AST]] = frozenset(
    {
        *(ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Expr, ast.Pass),
        *(ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.Name, ast.Constant),
        *(ast.For, ast.While, ast.If, ast.Break, ast.Continue, ast.Raise, ast.Assert),
        *(ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Lambda, ast.Call),
        *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Subscript, ast.Slice, ast.Starred),
        *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
        *(ast.keyword, ast.JoinedStr, ast.FormattedValue, ast.Attribute, ast.Load, ast.Store),
        *(operator for kind in _OPERATORS for operator in kind.__subclasses__()),
    }
)
_BUILTINS = frozenset(
    {
        *("abs", "all", "any", "ascii", "bin", "bool", "bytes", "chr", "dict", "divmod"),
        *("enumerate", "filter", "float", "frozenset", "hex", "int", "isinstance", "iter", "len"),
        *("list", "map", "max", "min", "next", "oct", "ord", "pow", "range", "repr", "reversed"),
        *("round", "set", "slice", "sorted", "str", "sum", "tuple", "zip"),
        *("ArithmeticError", "AssertionError", "Exception", "IndexError", "KeyError"),
        *("LookupError", "NotImplementedError", "OverflowError", "RuntimeError", "TypeError"),
        *("ValueError", "ZeroDivisionError"),
    }
)
# What a format asks of a value may be any attribute; what a codec does is written elsewhere.
_HARMFUL_METHODS = frozenset({"format", "format_map", "encode", "decode"})
_METHODS = frozenset(
    name
    for kind in (str, bytes, int, float, list, tuple, dict, set, frozenset)
    for name in dir(kind)
    if not name.startswith("_") and name not in _HARMFUL_METHODS
)


def is_plain(text: str) -> bool:
    """Whether a program is plain, its module level included."""
    # What is left of the plan's other nodes are blank lines, which would be most of the work.
    return _judged(_BLANK_LINES.sub("\n", text))


@functools.lru_cache(maxsize=8192)
def _judged(text: str) -> bool:
    try:
        parts = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    if any(type(part) not in _SYNTAX for part in parts):
        return False
    known = _BUILTINS.union(_bound(parts))
    return all(_is_plain(part, known) for part in parts)


def _bound(parts: list[ast.AST]) -> Iterator[str]:
    """Names that the text itself gives a meaning to."""
    for part in parts:
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            name = part.id
        elif isinstance(part, ast.arg):
            name = part.arg
        elif isinstance(part, ast.FunctionDef):
            name = part.name
        else:
            continue
        # What is bound on some path only would be the interpreter's own on the others.
        if not hasattr(builtins, name) and not name.startswith("__"):
            yield name


def _is_plain(part: ast.AST, known: AbstractSet[str]) -> bool:
    if isinstance(part, ast.Name):
        return part.id in known
    if isinstance(part, ast.Attribute):
        return part.attr in _METHODS and isinstance(part.ctx, ast.Load)
    if isinstance(part, ast.FunctionDef):
        return part.name in known and _is_plain_annotation(part.returns)
    if isinstance(part, ast.arg):
        return part.arg in known and _is_plain_annotation(part.annotation)
    return not isinstance(part, ast.AnnAssign) or _is_plain_annotation(part.annotation)


def _is_plain_annotation(annotation: ast.expr | None) -> bool:
    """Whether it holds no text, which would be evaluated in its turn."""
    return annotation is None or not any(
        isinstance(part, ast.Constant) and isinstance(part.value, str)
        for part in ast.walk(annotation)
    )
