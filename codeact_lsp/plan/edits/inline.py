"""Inline a node: its body moves into the one node that takes its value."""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.edits.absorb import Made, absorb
from codeact_lsp.plan.edits.consumers import check_movable, consumers, sole_consumer
from codeact_lsp.plan.edits.effects import check_apart
from codeact_lsp.plan.edits.flow import Flow, returns
from codeact_lsp.plan.edits.function import Function, node_on_name
from codeact_lsp.plan.edits.layout import comments_above, removed
from codeact_lsp.plan.edits.moving import moved_body, region_text
from codeact_lsp.plan.edits.refactoring import Change, Refused, Request, UnsoundError, attempt
from codeact_lsp.plan.edits.signature import Signature
from codeact_lsp.plan.edits.text import TextEdit


def inline(request: Request) -> Change | Refused | None:
    """Move the body of the node whose name is selected into the node that takes its value."""
    function = node_on_name(request.plan, request.span)
    if function is None or not consumers(request.plan, function.name):
        return None
    return attempt(request, f"Inline node '{function.name}'", lambda: _edits(function))


def _edits(function: Function) -> Iterator[TextEdit]:
    consumer = sole_consumer(function)
    last = _last(function)
    check_apart(function, function.name, consumer)
    _check_names(function, consumer)
    yield from absorb(consumer, function.name, _made(function, consumer, last))
    yield removed(function)


def _last(function: Function) -> ast.Return:
    """The one `return`, at the end of what can be moved.

    Raises:
        UnsoundError: The function cannot be moved.
    """
    if function.tree.decorator_list:
        raise UnsoundError("It has a decorator, which would be lost.")
    check_movable(function)
    last = function.body[-1] if function.body else None
    if not isinstance(last, ast.Return) or len(returns(function.tree)) > 1:
        raise UnsoundError("It does not end in its only 'return'.")
    return last


def _made(function: Function, consumer: Function, last: ast.Return) -> Made:
    items = [item for item in Signature.of(function).items if item.name]
    lines = moved_body(function, consumer, last)
    # A comment would have no place in the middle of an expression.
    is_bare = region_text(function).strip() == function.text(last) and not comments_above(function)
    # Names that the expression binds would be the consumer's; as statements they are renamed.
    binds = any(isinstance(part, ast.NamedExpr) for part in ast.walk(last))
    if last.value is None or binds or not is_bare:
        return Made(items, lines)
    return Made(items, lines, last.value, function.text(last.value))


def _check_names(function: Function, consumer: Function) -> None:
    """Refuse to move code to where its names stand for something else."""
    own, other = Flow(function), Flow(consumer)
    body = function.body_span.shifted(-function.start)
    bound = {mention.name for mention in other.mentions} - {function.name}
    if hidden := bound & function.piece.scopes.module_reads(body):
        raise UnsoundError(f"'{min(hidden)}' means something else in '{consumer.name}'.")
    if function.name in function.piece.scopes.module_reads(body):
        raise UnsoundError(f"It refers to '{function.name}' itself.")
    changed = own.writes(function.whole) & function.arguments.keys() & other.names()
    if changed:
        raise UnsoundError(
            f"It gives '{min(changed)}' another value, and '{consumer.name}' reads it too."
        )
