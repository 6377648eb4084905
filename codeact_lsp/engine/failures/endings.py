"""Where a function can end without a `return`: the one branch of it that gives nothing."""

import ast
from collections.abc import Sequence

_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def ending(body: Sequence[ast.stmt]) -> ast.stmt | ast.expr | None:
    """The last statement of the branch after which a function ends; None if it always leaves.

    Of what only decides whether something is returned, the condition.

    Args:
        body: The statements of the function, or of a branch of it.
    """
    if leaves(body):
        return None
    last = body[-1]
    open_ones = [branch for branch in _branches(last) if not leaves(branch)]
    if len(open_ones) == 1 and open_ones[0]:
        return ending(open_ones[0])
    return _head(last)


def leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether statements never come to their end."""
    match body:
        case [*_, last] if isinstance(last, _LEAVING):
            return True
        case [*_, ast.While(test=ast.Constant(value=True)) as loop]:
            return not any(isinstance(part, ast.Break) for part in ast.walk(loop))
        case [*_, last] if branches := _branches(last):
            return all(leaves(branch) for branch in branches)
        case _:
            return False


def returns_inside(statement: ast.AST) -> bool:
    """Whether some way through a statement returns."""
    return any(isinstance(part, ast.Return) for part in ast.walk(statement))


def _branches(statement: ast.stmt) -> list[list[ast.stmt]]:
    """The ways through a statement; one that nothing is written for is empty."""
    match statement:
        case ast.If(body=body, orelse=orelse):
            return [body, orelse]
        case ast.With(body=body) | ast.AsyncWith(body=body):
            return [body]
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            if final and leaves(final):
                return [final]
            return [orelse or body, *(each.body for each in handlers)]
        case ast.Match(cases=cases):
            last = cases[-1]
            is_whole = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
            return [*(each.body for each in cases), *([] if is_whole and not last.guard else [[]])]
        case _:
            return []


def _head(statement: ast.stmt) -> ast.stmt | ast.expr:
    match statement:
        case ast.If(test=head) | ast.While(test=head) | ast.Match(subject=head):
            return head
        case ast.For(iter=head) | ast.AsyncFor(iter=head):
            return head
        case ast.Try(body=[first, *_]):
            return first
        case _:
            return statement
