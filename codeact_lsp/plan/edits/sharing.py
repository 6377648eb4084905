"""Which names of a function may stand for one value, or one for a part of the other's.

kept = [row for row in orders]     # `kept`, `row` and `orders` share: the rows are the same
count = len(orders)                # `count` shares nothing with `orders`
"""

import ast
from collections.abc import Iterable, Iterator

from codeact_lsp.plan.edits.function import Function

# What these return shares nothing with what they are given.
_FRESH = frozenset(
    [
        "abs",
        "all",
        "any",
        "bool",
        "bytes",
        "chr",
        "copy",
        "deepcopy",
        "float",
        "hash",
        "int",
        "isinstance",
        "len",
        "ord",
        "range",
        "repr",
        "round",
        "str",
        "sum",
    ]
)


def groups(function: Function) -> list[set[str]]:
    """Sets of names that may stand for one value, or for a value and a part of it."""
    whole = function.body_span.shifted(-function.start)
    # A module or a function of the module's is no value of the node's.
    foreign = function.piece.scopes.module_reads(whole)
    return merged(pair - foreign for pair in _pairs(function.body))


def merged(pairs: Iterable[set[str]]) -> list[set[str]]:
    """The sets, of which those that overlap become one."""
    group_of: dict[str, set[str]] = {}
    for pair in pairs:
        known = {id(group): group for name in pair if (group := group_of.get(name))}
        joined = max(known.values(), key=len, default=set[str]())
        joined |= pair.union(*known.values())
        group_of.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in group_of.values()}.values())


def _pairs(body: Iterable[ast.AST]) -> Iterator[set[str]]:
    for part in (inner for whole in body for inner in ast.walk(whole)):
        match part:
            case ast.Assign(targets=targets, value=value):
                yield names_in(targets) | set(roots(value))
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield names_in([target]) | set(roots(value))
            case ast.AugAssign(target=target, value=value):
                yield names_in([target]) | set(roots(value))
            case ast.NamedExpr(target=target, value=value):
                yield names_in([target]) | set(roots(value))
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                yield names_in([target]) | set(roots(value))
            case ast.comprehension(target=target, iter=value):
                yield names_in([target]) | set(roots(value))
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                yield names_in([target]) | set(roots(value))
            case ast.Expr(value=ast.Call() as call):
                # `kept.append(row)`: the one holds the other now.
                yield set(roots(call))
            case _:
                pass


def joined_with(names: set[str], known: Iterable[set[str]]) -> set[str]:
    """`names` with all that share with one of them."""
    return names.union(*(group for group in known if group & names))


def names_in(parts: Iterable[ast.AST]) -> set[str]:
    """All names that are read or bound in `parts`."""
    return {part.id for whole in parts for part in ast.walk(whole) if isinstance(part, ast.Name)}


def roots(expression: ast.AST) -> Iterator[str]:
    """The names whose values, or parts of them, may be in the value of `expression`."""
    pending = [expression]
    while pending:
        match pending.pop():
            case ast.Name(id=name):
                yield name
            case ast.Attribute(value=inner) | ast.Subscript(value=inner):
                pending.append(inner)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _FRESH:
                pass
            case ast.Compare() | ast.JoinedStr() | ast.Lambda():
                pass
            case other:
                pending += ast.iter_child_nodes(other)
