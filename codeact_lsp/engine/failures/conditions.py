"""The one condition of a node that decides what is left out of what it makes."""

import ast

from codeact_lsp.engine.failures.fillings import only_filling
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.returned_values import returned_values
from codeact_lsp.plan import Plan, Span

_COPYING = frozenset({"dict", "list", "set", "sorted", "tuple"})


def only_condition(plan: Plan, node: str) -> Span | None:
    """The test that a node has, if there is but one; None if nothing or more decides.

    Args:
        plan: The plan.
        node: The node.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    filled = _filled(piece.tree)
    tests: list[ast.expr] = []
    for part in ast.walk(piece.tree):
        match part:
            case ast.If(test=test) if _may_leave_out(part, filled):
                tests.append(test)
            case ast.comprehension(ifs=several):
                tests += several
            case ast.Subscript(slice=mask, ctx=ast.Load()) if _is_mask(mask):
                tests.append(mask)
            case ast.Call(func=ast.Attribute(attr="query"), args=[test, *_]):
                tests.append(test)
            case _:
                pass
    return definition.span(piece.span(tests[0])) if len(tests) == 1 else None


def _filled(tree: ast.AST) -> frozenset[str]:
    """The variables that a function returns, in whatever form."""
    returns = (part.value for part in ast.walk(tree) if isinstance(part, ast.Return) and part.value)
    return frozenset(
        each.id for value in returns for each in ast.walk(value) if isinstance(each, ast.Name)
    )


def _may_leave_out(test: ast.If, filled: frozenset[str]) -> bool:
    """Whether what is returned rests on a condition: it decides on that, or ends something."""
    return any(
        isinstance(part, ast.Break | ast.Continue | ast.Return | ast.Raise | ast.Yield)
        or (isinstance(part, ast.Name) and part.id in filled)
        for statement in (*test.body, *test.orelse)
        for part in ast.walk(statement)
    )


def _is_mask(node: ast.expr) -> bool:
    """Whether a subscript chooses by a condition, as in tables and arrays."""
    match node:
        case ast.Compare():
            return True
        case ast.BinOp(left=left, right=right, op=ast.BitAnd() | ast.BitOr()):
            return _is_mask(left) or _is_mask(right)
        case ast.UnaryOp(op=ast.Invert()) | ast.Call(func=ast.Attribute(attr="isin" | "between")):
            return True
        case ast.Tuple(elts=[rows, *_]):
            return _is_mask(rows)
        case _:
            return False


def whole_place(plan: Plan, node: str, returned: int | None) -> Span | None:
    """The one expression that is ever put into the variable that a node returns.

    Args:
        plan: The plan.
        node: The node.
        returned: Which of its `return` statements ran.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    for function, value in returned_values(plan, node, returned):
        kept = _kept(function, value)
        if kept is not None:
            return definition.span(piece.span(kept))
    return None


def _kept(function: ast.stmt, value: ast.expr) -> ast.expr | None:
    """What a variable is filled with that is returned, be it as it is or each item of it."""
    match value:
        case ast.Name(id=name):
            return only_filling(function, name)
        case ast.ListComp(
            elt=ast.Name(id=item),
            generators=[ast.comprehension(target=ast.Name(id=other), iter=ast.Name() as inner)],
        ) if item == other:
            return _kept(function, inner)
        case ast.Call(func=ast.Name(id=name), args=[ast.Name() as inner]) if name in _COPYING:
            return _kept(function, inner)
        case _:
            return None


def deciding(plan: Plan, node: str, returned: int | None) -> Span:
    """What decides that something is not in what a node returned: its one condition.

    Args:
        plan: The plan.
        node: The node.
        returned: Which of its `return` statements ran.

    Returns:
        The `return` that ran where the condition stands in it, or where there is not just one; of
        what is put together before that, the one statement that does so.
    """
    place, test = return_place(plan, node, returned), only_condition(plan, node)
    decides = test or whole_place(plan, node, returned)
    is_inside = decides is None or place.start <= decides.start <= place.end
    return place if decides is None or is_inside else decides
