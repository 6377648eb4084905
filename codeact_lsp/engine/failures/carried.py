"""Which node only carried a part on: it put it into something else and never named it.

A node that groups, joins or spreads what it is given makes none of the parts. So what stands under
a key or in a field that a node does not write came with the one input that has such a part.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping

from codeact_lsp.engine.failures.classes import having
from codeact_lsp.engine.failures.contents import has_key
from codeact_lsp.engine.failures.errors import Value
from codeact_lsp.engine.failures.helpers import defined
from codeact_lsp.engine.failures.steps import Step
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

_READING = frozenset({"get", "itemgetter", "attrgetter"})


def giver(plan: Plan, node: str, step: Step, results: Mapping[str, Result]) -> str | None:
    """The node from which a part came that `node` only carried on; None if that is not known.

    Args:
        plan: The plan that ran.
        node: The node that returned something with the part in it.
        step: How the part was asked for.
        results: The results of the nodes above.
    """
    if step.kind not in {"field", "key"}:
        return None
    taken = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
    found = [name for name in taken if has_part(plan, results[name], step)]
    return found[0] if len(found) == 1 and not _writes(plan, node, step) else None


def put_in(plan: Plan, node: str, value: Value, results: Mapping[str, Result]) -> str | None:
    """The one node whose value, as it came, `node` put into something, and that is what is wrong.

    Args:
        plan: The plan that ran.
        node: The node that returned the something.
        value: What was found to be wrong, with the part of it that is.
        results: The results of the nodes above.
    """
    looks = {*value.bad} or {(value.type, value.value)}
    put = {*_put(plan.document.pieces[plan.nodes[node].piece].tree)}
    taken = [each.name for each in plan.nodes[node].node.parameters if each.name in results]
    shown = {name: results[name].preview for name in taken if name in put}
    found = [
        name
        for name, it in shown.items()
        if any((it.type, it.text) == (kind, look.strip("'\"")) for kind, look in looks)
    ]
    return found[0] if len(found) == 1 else None


def _put(tree: ast.AST) -> Iterator[str]:
    """The variables that are items of something, or are put into it."""
    for part in ast.walk(tree):
        match part:
            case ast.List(elts=several) | ast.Tuple(elts=several) | ast.Dict(values=several):
                yield from (each.id for each in several if isinstance(each, ast.Name))
            case ast.Call(func=ast.Attribute(attr="add" | "append"), args=[ast.Name(id=name)]):
                yield name
            case _:
                pass


def has_part(plan: Plan, result: Result, step: Step) -> bool:
    """Whether a result is known to have such a key, or is made of a class with such a field."""
    name = str(step.name)
    if step.kind == "key":
        return has_key(result, name)
    return bool(having(plan, name) & {*result.carries})


def _writes(plan: Plan, node: str, step: Step) -> bool:
    """Whether a node, or what it calls of the plan, may write such a key or field."""
    name = str(step.name)
    makers = having(plan, name) if step.kind == "field" else frozenset[str]()
    trees: list[ast.AST] = [plan.document.pieces[plan.nodes[node].piece].tree]
    seen: set[str] = set()
    while trees:
        tree = trees.pop()
        if name in _written(tree):
            return True
        called = set(_called(tree)) - seen
        if called & makers:
            return True
        seen |= called
        trees += _functions(plan, called)
    return False


def _written(tree: ast.AST) -> Iterator[str]:
    """The texts, keywords and attributes of some code, but for those that it only asks for."""
    asked = {id(part) for part in _asked(tree)}
    for part in ast.walk(tree):
        match part:
            case ast.Constant(value=str(text)) if id(part) not in asked:
                yield text
            case ast.keyword(arg=str(name)) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case _:
                pass


def _asked(tree: ast.AST) -> Iterator[ast.expr]:
    for part in ast.walk(tree):
        match part:
            case ast.Subscript(slice=key, ctx=ast.Load()):
                yield key
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args):
                yield from args if name in _READING else ()
            case _:
                pass


def _called(tree: ast.AST) -> Iterator[str]:
    for part in ast.walk(tree):
        match part:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                yield name
            case _:
                pass


def _functions(plan: Plan, names: Iterable[str]) -> Iterator[ast.AST]:
    for name in names:
        if name not in plan.nodes:
            yield from (function for _, _, function in defined(plan, name))
