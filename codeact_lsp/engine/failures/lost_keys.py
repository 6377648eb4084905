"""Whether a key was lost on the way to what lacks it, or is none that it could ever have had."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from codeact_lsp.engine.failures.conditions import deciding
from codeact_lsp.engine.failures.contents import holds, keys, lacks
from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.fillings import fillings, is_begun_empty
from codeact_lsp.engine.failures.helpers import inner
from codeact_lsp.engine.failures.makings import making
from codeact_lsp.engine.failures.misspelt_keys import has_near
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.returned_values import returned_values
from codeact_lsp.engine.failures.steps import Step, Variables
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# Of objects that do not say what they hold.
_OPAQUE = " object at 0x"
_LOSING = frozenset({"drop", "pop", "rename"})


def is_asked_for(way: Way, error: CodeError) -> bool:
    """Whether a value is the key that was not there."""
    return error.type == "KeyError" and way.value.value == error.message


def ordered(
    plan: Plan, found: Sequence[Way], error: CodeError, results: Mapping[str, Result]
) -> list[Way]:
    """The ways, that of a key first that nobody knew who led to what was asked for it.

    Args:
        plan: The plan that ran.
        found: The ways.
        error: The failure.
        results: The results of the nodes above.
    """
    foreign = [way for way in found if is_asked_for(way, error)]
    others = [way for way in found if way not in foreign]
    if (error.fact and has_near(error.fact)) or not foreign or not others:
        return [*found]
    makers = {way.maker for way in others}
    # Whoever was given a dictionary and makes a key that it does not have made a wrong key.
    given = plan.graph.upstream(way.maker for way in foreign) - {way.maker for way in foreign}
    if makers & given or is_of_others(plan, error, found, results):
        return [*foreign, *others]
    above = [name for name in plan.graph.upstream(makers) if name in results]
    # A table that a node has made of nothing may lack a key as well as anything.
    is_known = {*above} <= makers or any(
        error.message.strip("'\"") in results[name].preview.text
        or _OPAQUE in results[name].preview.text
        for name in above
    )
    return [*others, *foreign] if is_known else [*foreign, *others]


def is_of_others(
    plan: Plan, error: CodeError, found: Sequence[Way], results: Mapping[str, Result]
) -> bool:
    """Whether what was looked up is a key, but one of something else: then the key is wrong.

    What lacks it has to have keys that others know; else it may itself have the wrong ones.
    """
    key = error.message.strip("'\"")
    involved = plan.graph.upstream(way.maker for way in found)
    beside = {name for name in plan.graph.upstream([error.node]) if name in results} - involved
    if not any(key in keys(results[name]) for name in beside):
        return False
    makers = {way.maker for way in found if not is_asked_for(way, error)}
    own = {each for name in makers for each in keys(results[name])}
    others = [result for name, result in results.items() if name not in makers]
    return all(any(holds(result, each) for result in others) for each in own)


def odd_input(
    plan: Plan, error: CodeError, makers: Iterable[str], results: Mapping[str, Result]
) -> Blame | None:
    """The node that was given what lacks a key, and returned just that key."""
    for each in plan.nodes[error.node].node.parameters:
        name = each.name
        knows = {*makers} & plan.graph.upstream([name]) - {name}
        if name in results and knows and results[name].preview.text == error.message.strip("'\""):
            message = f"`{name}` ({error.message}) was made here, and is not there."
            place = return_place(plan, name, results[name].returned)
            return Blame(name, place, message, likely=False)
    return None


def loser(
    plan: Plan,
    key: str,
    makers: Sequence[str],
    results: Mapping[str, Result],
    *,
    is_whole: bool = False,
) -> Blame | None:
    """The node that was given something with a key, and made of it what has no such key.

    Args:
        plan: The plan that ran.
        key: The key, or the name of a column.
        makers: Who made what lacks it.
        results: The results of the nodes above.
        is_whole: Whether that is all that they made.
    """
    pending = deque(name for name in makers if lacks(results[name], key))
    for node in plan.graph.upstream(pending):
        if node in results and not holds(results[node], key):
            definition = plan.nodes[node]
            piece = plan.document.pieces[definition.piece]
            places = list(_taken_out(piece.tree, key))
            if len(places) == 1:
                message = f"'{node}' takes '{key}' out here."
                return Blame(node, definition.span(piece.span(places[0])), message, likely=False)
    seen = {*pending}
    while pending:
        node = pending.popleft()
        givers = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
        having = [name for name in givers if _may_hold(plan, name, key, results)]
        if having:
            said = " and ".join(f"'{name}'" for name in having)
            message = f"'{node}' was given '{key}' by {said}, and what it keeps here has none."
            place = _lost_at(plan, node, key, results[node])
            deeper = inner(plan, place, results[node].preview.type)
            if not _mentioned(plan, node, having):
                # Who never looks at what has it gave nothing of it to any helper either.
                deeper, place = None, return_place(plan, node, results[node].returned)
            names = making(plan, node, results[node].returned, Step("name"), "")
            if deeper is not None and names is not None and is_whole and node in makers:
                # The names of what it put together are its own, whoever made the rest.
                return Blame(node, names.span, message, likely=False)
            if deeper is not None:
                return Blame(deeper.function, deeper.span, message, likely=False)
            return Blame(node, place, message, likely=False)
        pending += [name for name in givers if name not in seen]
        seen |= {*givers}
    return None


def _may_hold(plan: Plan, node: str, key: str, results: Mapping[str, Result]) -> bool:
    """Whether a result has a key, or objects that do not tell, made of what has."""
    if _OPAQUE not in results[node].preview.text:
        return holds(results[node], key)
    above = [name for name in plan.graph.upstream([node]) if name in results]
    return any(holds(results[name], key) for name in above)


def _mentioned(plan: Plan, node: str, names: Sequence[str]) -> bool:
    """Whether a node names one of its parameters in its body."""
    tree = plan.document.pieces[plan.nodes[node].piece].tree
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(tree))


def _lost_at(plan: Plan, node: str, key: str, result: Result) -> Span:
    """Where a node takes a key out by its name; else what decides what it returns."""
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    places = list(_taken_out(piece.tree, key))
    if len(places) == 1:
        return definition.span(piece.span(places[0]))
    decides, base = deciding(plan, node, result.returned), _begun(plan, node, result)
    is_only_returned = decides == return_place(plan, node, result.returned)
    return base if is_only_returned and base else decides


def _begun(plan: Plan, node: str, result: Result) -> Span | None:
    """What the variable was set to that a chain of calls begins with, or that is returned."""
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    for function, value in returned_values(plan, node, result.returned):
        first = value
        while isinstance(first, ast.Call | ast.Attribute | ast.Subscript):
            first = first.func if isinstance(first, ast.Call) else first.value
        made = Variables.of(function).followed(first)
        if isinstance(first, ast.Name) and made is not first and not is_begun_empty(made):
            put = [each for each in fillings(function, first.id) if each is not made]
            # A copy has lost nothing; what then takes the place of a part may have.
            lost = put[0] if _is_copy(made) and len(put) == 1 else made
            return definition.span(piece.span(lost))
    return None


def _is_copy(node: ast.expr) -> bool:
    match node:
        case (
            ast.Call(func=ast.Name(id="dict"), args=[ast.Name()], keywords=[])
            | ast.Call(func=ast.Attribute(attr="copy" | "deepcopy"))
            | ast.Dict(keys=[None])
        ):
            return True
        case _:
            return False


def _taken_out(tree: ast.AST, key: str) -> Iterator[ast.Call | ast.Delete]:
    for part in ast.walk(tree):
        match part:
            case ast.Call(func=ast.Attribute(attr=name)) if name in _LOSING and _names(part, key):
                yield part
            case ast.Delete() if _names(part, key):
                yield part
            case _:
                pass


def _names(tree: ast.AST, key: str) -> bool:
    return any(isinstance(part, ast.Constant) and part.value == key for part in ast.walk(tree))
