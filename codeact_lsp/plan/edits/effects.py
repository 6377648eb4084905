"""What code changes in place: the values that must not be parted from those who see the change.

Each node gets values of its own. Code that changes a value, and code that sees it changed, have
to stay in one node. Only running could tell for certain; what is looked at here is what code says
by its form: statements that compute nothing, stores into items and attributes, methods that are
there to change their object.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence

from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.sharing import groups, joined_with, merged, names_in, roots

# They tell people something, and change nothing that a node computes with.
_TELLING = frozenset({"print", "log", "logger", "logging", "warnings"})
_CHANGING = frozenset(
    [
        "add",
        "append",
        "appendleft",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "popleft",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
        "write",
        "writelines",
        "read",
        "readline",
        "readlines",
        "seek",
        "send",
        "seed",
        "shuffle",
        "execute",
        "executemany",
        "commit",
        "fetchone",
        "fetchmany",
        "fetchall",
        "put",
        "put_nowait",
        "get_nowait",
    ]
)
# These change their first argument.
_CHANGING_FIRST = frozenset(
    [
        *("next", "anext", "setattr", "delattr", "shuffle", "insort", "insort_left"),
        *("heapify", "heappush", "heappop", "heappushpop", "heapreplace"),
    ]
)


def check_order(
    function: Function,
    before: Iterable[ast.AST],
    inside: Iterable[ast.AST],
    after: Iterable[ast.AST],
) -> None:
    """Refuse to part `inside` from the rest where one changes what the other reads.

    Args:
        function: The function of which all are parts.
        before: What runs before the part that is to move.
        inside: That part.
        after: What runs after it.

    Raises:
        UnsoundError: A value is changed in place on one side and read on the other.
    """
    moved = list(inside)
    for changing, reading in ((before, moved), (moved, after)):
        if shared := _changed_names(function, changing) & _read_names(function, reading):
            raise UnsoundError(
                f"'{min(shared)}' is changed in place, and what would be parted from that reads "
                "it; each node gets a value of its own."
            )


def check_own(function: Function, name: str, after: Sequence[ast.stmt]) -> None:
    """Refuse to let the value `name` come from elsewhere where it is more than one name's.

    Args:
        function: The function that computes it so far.
        name: The name that is to become another node's.
        after: What runs behind the statement that binds it.

    Raises:
        UnsoundError: The value is changed in place while another name stands for it too.
    """
    alike = joined_with({name}, groups(function))
    others = (alike - {name}) & names_in(after)
    if others and _changed_names(function, after) & alike:
        raise UnsoundError(
            f"'{name}' and '{min(others)}' may be one value, which is changed in place below."
        )


def check_unchanged(function: Function, expression: ast.expr, rest: Iterable[ast.AST]) -> None:
    """Refuse an expression whose value may share with what `rest` changes in place.

    Raises:
        UnsoundError: A change would not reach the value any more, or not come from it.
    """
    alike = joined_with(set(roots(expression)), groups(function))
    if changed := _changed_names(function, rest) & alike:
        raise UnsoundError(f"'{min(changed)}', of which it may be a part, is changed in place.")


def check_apart(callee: Function, name: str, caller: Function) -> None:
    """Refuse to share values between two functions, or to part them, where one changes them.

    Args:
        callee: The function that makes the value.
        name: What the other function calls the value.
        caller: The other function, which takes the same parameters.

    Raises:
        UnsoundError: One of them changes in place what the other reads.
    """
    parameters = callee.arguments.keys()
    changed = _changed_names(callee, callee.body) & parameters & names_in(caller.body)
    made = [
        {name, *roots(part.value)}
        for whole in callee.body
        for part in ast.walk(whole)
        if isinstance(part, ast.Return) and part.value
    ]
    if shared := joined_with({name}, merged([*groups(callee), *made])) & parameters:
        changed |= _changed_names(caller, caller.body) & {name, *shared}
    if changed:
        raise UnsoundError(
            f"'{min(changed)}' is changed in place, which only code in the same node sees."
        )


def _changed_names(
    function: Function, part: Iterable[ast.AST], seen: frozenset[str] = frozenset()
) -> set[str]:
    """The names whose values `part` changes in place, with all that may share with them.

    Args:
        function: The function that `part` belongs to.
        part: Statements and expressions.
        seen: The helpers that are being looked into.
    """
    every = [inner for whole in part for inner in ast.walk(whole)]
    changed = {name for each in every for name in _changed_by(each)}
    for call in every:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            changed.update(_changed_by_helper(function, call, call.func.id, seen))
    return joined_with(changed, groups(function))


def _changed_by(part: ast.AST) -> Iterator[str]:
    match part:
        case ast.Expr(value=ast.Constant()):
            pass
        case ast.Expr(value=value) if not _tells(value):
            yield from names_in([value])
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            yield from roots(part)
        case ast.AugAssign(target=target):
            yield from roots(target)
        case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in _CHANGING:
            yield from roots(value)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[value, *_]) if (
            name in _CHANGING_FIRST
        ):
            yield from roots(value)
        case ast.Global(names=names):
            yield from names
        case ast.Call(func=ast.Attribute(value=value), keywords=keywords):
            if any(keyword.arg == "inplace" for keyword in keywords):
                yield from roots(value)
        case _:
            pass


def _changed_by_helper(
    function: Function, call: ast.Call, name: str, seen: frozenset[str]
) -> Iterator[str]:
    """The names whose values a function of the plan changes: those it gets, and the module's."""
    helper = None if name in seen else Function.named(function.plan, name)
    if helper is None:
        return
    changed = _changed_names(helper, helper.body, seen | {name})
    yield from changed & _module_reads(helper)
    given: list[tuple[str | None, ast.expr]] = [
        *zip(helper.arguments, call.args, strict=False),
        *((keyword.arg, keyword.value) for keyword in call.keywords),
    ]
    # What stands behind a `*`, or after it, may be any of the parameters.
    unclear = any(name is None or isinstance(value, ast.Starred) for name, value in given)
    for parameter, value in given if changed else ():
        if unclear or parameter in changed:
            yield from roots(value)


def _read_names(function: Function, parts: Iterable[ast.AST]) -> set[str]:
    """The names in `parts`, and what the plan's functions among them read of the module."""
    names = names_in(parts)
    pending = names & _module_reads(function)
    while pending:
        helper = Function.named(function.plan, pending.pop())
        more = _module_reads(helper) - names if helper else frozenset[str]()
        names |= more
        pending |= more
    return names


def _module_reads(function: Function) -> frozenset[str]:
    """The names of the module that the function's body reads."""
    return function.piece.scopes.module_reads(function.body_span.shifted(-function.start))


def _tells(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and not _TELLING.isdisjoint(names_in([value.func]))
