"""Which node only passed a value on: as it was, or copied, cut or filtered."""

import ast
from collections import Counter
from collections.abc import Container, Mapping

from codeact_lsp.engine.failures.gathering import gatherings
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

# A blob below this holds a number, a truth value or a few words.
_TELLING_BYTES = 64
_COPYING = frozenset(
    {"deepcopy", "dict", "list", "max", "min", "reversed", "set", "sorted", "tuple"}
)


def passed_on(
    plan: Plan, node: str, results: Mapping[str, Result], *, parts: bool = True
) -> str | None:
    """The node whose value `node` returned as it was.

    Args:
        plan: The plan that ran.
        node: The node.
        results: What the nodes above it returned.
        parts: Count what was cut or filtered too: each of its items was passed on.
    """
    own = results[node].blob
    taken = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
    names = _handed_on(returned_by(plan, node, results[node].returned), set_once(plan, node))
    given = names[-1] if names else None
    if given in taken:
        is_same = results[given].blob == own
        if is_same or (parts and not _touched(plan, node, names[:-1]) & {*names}):
            return given
    # A value as common as None or 0 may be made anew by each.
    same = [name for name in taken if results[name].blob == own]
    return same[0] if len(same) == 1 and own.size >= _TELLING_BYTES else None


def returned_by(plan: Plan, node: str, returned: int | None) -> ast.expr | None:
    """The expression of the `return` that ran."""
    place = return_place(plan, node, returned)
    text = plan.source.text[place.start : place.end]
    try:
        tree = ast.parse(f"def _():\n {text}")
    except SyntaxError:
        return None
    match tree.body:
        case [ast.FunctionDef(body=[ast.Return(value=ast.expr() as value)])]:
            return value
        case _:
            return None


def set_once(plan: Plan, node: str) -> dict[str, ast.expr]:
    """The variables of a function that are other names for what one expression makes.

    What a loop alone gathers counts as the comprehension that would do the same.
    """
    definition = plan.nodes[node]
    tree = plan.document.pieces[definition.piece].tree
    stores: Counter[str] = Counter(each.name for each in definition.node.parameters)
    values: dict[str, ast.expr] = {}
    for part in ast.walk(tree):
        match part:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                stores[name] += 1
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                values[name] = value
            case _:
                pass
    values |= {each.name: each.alike for each in gatherings(tree)}
    return {name: value for name, value in values.items() if stores[name] == 1}


def _touched(plan: Plan, node: str, given: Container[str]) -> set[str]:
    """The names that a function mentions elsewhere than where it returns or asks, or gives some."""
    piece = plan.document.pieces[plan.nodes[node].piece]
    harmless = {part for each in gatherings(piece.tree) for part in each.parts}
    pending: list[ast.AST] = [*piece.tree.body]
    found: set[str] = set()
    while pending:
        part = pending.pop()
        if part in harmless:
            continue
        if isinstance(part, ast.Name):
            found.add(part.id)
        if not isinstance(part, ast.Return) and not _names(part, given):
            asks = [part.test] if isinstance(part, ast.If) else []
            pending += [each for each in ast.iter_child_nodes(part) if each not in asks]
    return found


def _names(part: ast.AST, names: Container[str]) -> bool:
    """Whether a statement gives one of these names to a value."""
    match part:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in names
        case _:
            return False


def _handed_on(node: ast.expr | None, once: Mapping[str, ast.expr]) -> tuple[str, ...]:
    """The names for a value, or for its items: as it is, copied, cut or filtered.

    Args:
        node: An expression.
        once: What the variables are that are set once.

    Returns:
        The last one is the name of what was taken; none if the expression makes something else.
    """
    match node:
        case ast.Name(id=name):
            others = {other: value for other, value in once.items() if other != name}
            return (name, *_handed_on(once.get(name), others))
        case (
            ast.Call(func=ast.Attribute(value=inner, attr="copy"), args=[])
            | ast.Call(
                func=ast.Attribute(value=ast.Name(id="copy"), attr="copy" | "deepcopy"),
                args=[inner],
            )
            | ast.Call(func=ast.Name(id="filter"), args=[_, inner])
            | ast.Subscript(value=inner, slice=ast.Slice())
            | ast.List(elts=[ast.Starred(value=inner)])
            | ast.Tuple(elts=[ast.Starred(value=inner)])
            | ast.Dict(keys=[None], values=[inner])
        ):
            return _handed_on(inner, once)
        case ast.Call(func=ast.Name(id=function), args=[inner]) if function in _COPYING:
            return _handed_on(inner, once)
        case ast.IfExp(body=first, orelse=second):
            names = _handed_on(first, once)
            return names if names == _handed_on(second, once) else ()
        case _:
            gone_through = _gone_through(node)
            return _handed_on(gone_through, once) if gone_through else ()


def _gone_through(node: ast.expr | None) -> ast.expr | None:
    """What a comprehension goes through, if it leaves each item as it is."""
    match node:
        case ast.ListComp(
            elt=ast.Name(id=item),
            generators=[ast.comprehension(target=ast.Name(id=target), iter=inner)],
        ) if item == target:
            return inner
        case ast.DictComp(
            value=ast.Name(id=item),
            generators=[ast.comprehension(target=ast.Name(id=target), iter=inner)],
        ) if item == target:
            return inner
        case ast.DictComp(
            key=key,
            value=value,
            generators=[
                ast.comprehension(
                    target=ast.Tuple(elts=[first, second]),
                    iter=ast.Call(func=ast.Attribute(value=inner, attr="items"), args=[]),
                )
            ],
        ) if _is_name(key, first) and _is_name(value, second):
            return inner
        case _:
            return None


def _is_name(node: ast.expr, target: ast.expr) -> bool:
    match node, target:
        case ast.Name(id=name), ast.Name(id=other):
            return name == other
        case _:
            return False
