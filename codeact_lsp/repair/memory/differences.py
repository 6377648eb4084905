"""What differs between two pieces of code: the parts that hold all of it, from small to large."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.memory.makers import Part


def differing(before: ast.AST, after: ast.AST) -> Iterator[tuple[Part, Part]]:
    """The pairs of parts that hold all of a difference, the smallest first."""
    pairs: list[tuple[Part, Part]] = []
    one: object = before
    other: object = after
    while isinstance(one, ast.AST) and type(one) is type(other):
        if isinstance(one, ast.expr | ast.stmt) and isinstance(other, ast.expr | ast.stmt):
            pairs.append((one, other))
        changed = list(_changed(one, other))
        if len(changed) != 1:
            break
        one, other = changed[0]
    if isinstance(one, ast.expr | ast.stmt) and isinstance(other, ast.expr | ast.stmt):
        pairs.append((one, other))
    yield from dict.fromkeys(reversed(pairs))


def _changed(one: ast.AST, other: object) -> Iterator[tuple[object, object]]:
    """The children that differ; a list of another length differs as a whole."""
    for name, value in ast.iter_fields(one):
        new = getattr(other, name, None)
        if isinstance(value, list) and isinstance(new, list) and len(value) == len(new):
            pairs = zip(value, new, strict=True)
            yield from (pair for pair in pairs if _dumped(pair[0]) != _dumped(pair[1]))
        elif _dumped(value) != _dumped(new):
            yield value, new


def _dumped(value: object) -> str:
    if isinstance(value, ast.AST):
        return ast.dump(value)
    if isinstance(value, list):
        return "".join(map(_dumped, value))
    return repr(value)
