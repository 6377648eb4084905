"""The calls of a helper, and whether a node's value could stand in their place."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.plan.docstrings.docstring import docstring
from codeact_lsp.plan.edits.effects import check_order
from codeact_lsp.plan.edits.flow import Flow
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.occasion import Occasion, occasion_of
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.signature import Signature
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span

# Sections that say how a node may fail, and nothing about what it computes.
_LIMITS = frozenset({"Timeout", "Retries"})


@dataclass(frozen=True)
class Call:
    """One call of `helper` in the body of a node; `place` is where, the `await` included."""

    helper: Function
    caller: Function
    place: Occasion

    @property
    def span(self) -> Span:
        """All that the value can stand for."""
        return self.caller.span(self.place.expression)

    def check(self) -> None:
        """Refuse a call that does not compute what a node would.

        Raises:
            UnsoundError: Its arguments are no nodes or inputs of the same name, it may not
                happen, or it sees a value that has been changed.
        """
        _check_sections(self.caller)
        names = _argument_names(self.helper, self.place.expression)
        caller, flow = self.caller, Flow(self.caller)
        for parameter in self.helper.arguments:
            if names.get(parameter) != parameter or parameter not in caller.arguments:
                raise UnsoundError(
                    f"'{caller.name}' does not call it with its own '{parameter}', which a node "
                    f"of that name, or an input, would have to be."
                )
        _check_defaults(self.helper, caller)
        if rebound := flow.writes(caller.whole) & self.helper.arguments.keys():
            raise UnsoundError(f"'{caller.name}' gives '{min(rebound)}' another value.")
        flow.check_closed()
        self.place.check_certain()
        check_order(caller, self.place.before, [self.place.expression], [])

    def spared(self) -> set[str]:
        """The caller's parameters that nothing but this call reads."""
        return Flow(self.caller).only_in(self.span) & self.helper.arguments.keys()


def calls_of(helper: Function) -> Iterator[Call]:
    """All calls of `helper`, each in a node.

    Raises:
        UnsoundError: Something else refers to it, or a node calls it twice.
    """
    plan, name = helper.plan, helper.name
    for index, piece in enumerate(plan.document.pieces):
        if name not in piece.facts.refers:
            continue
        reads = [one.span for one in piece.scopes.named(name) if one.role.reads]
        callers = [
            _caller(plan, index, span.shifted(plan.document.starts[index])) for span in reads
        ]
        if len(callers) != 1 or callers[0] is None:
            raise UnsoundError(_elsewhere(plan, index, name, len(callers)))
        yield _call(helper, callers[0], reads[0].shifted(callers[0].start))


def _caller(plan: Plan, index: int, span: Span) -> Function | None:
    """The node in whose body `span` stands."""
    caller = Function.at(plan, span.start)
    is_node = caller is not None and caller.name in plan.nodes and caller.index == index
    if caller is None or not is_node or not caller.body:
        return None
    return caller if caller.body_span.start <= span.start else None


def _elsewhere(plan: Plan, index: int, name: str, count: int) -> str:
    caller = Function.at(plan, plan.document.starts[index])
    if caller is not None and caller.name in plan.nodes and count > 1:
        return f"'{caller.name}' calls it more than once, and gets a new value each time."
    place = f"'{caller.name}'" if caller else "A statement of the module"
    return f"{place} refers to '{name}', and only the bodies of nodes can take a node's value."


def _call(helper: Function, caller: Function, name: Span) -> Call:
    read = occasion_of(caller, name)
    path = read.path if read else ()
    match path[-2:]:
        case (ast.Call(func=ast.Name(id=called)), _) if called == helper.name:
            path = path[:-1]
        case _:
            raise UnsoundError(f"'{caller.name}' does not call it, but refers to it.")
    if helper.is_async:
        if len(path) < 2 or not isinstance(path[-2], ast.Await):  # noqa: PLR2004 - the call and what holds it.
            raise UnsoundError(f"'{caller.name}' does not await it.")
        path = path[:-1]
    assert read is not None  # noqa: S101 - a path of two has been found.
    return Call(helper, caller, Occasion(caller, read.index, path))


def _argument_names(helper: Function, expression: ast.expr) -> dict[str, str]:
    """The names that stand for the helper's parameters in a call."""
    call = expression.value if isinstance(expression, ast.Await) else expression
    if not isinstance(call, ast.Call):
        return {}
    given: list[tuple[str | None, ast.expr]] = [
        *zip(helper.arguments, call.args, strict=False),
        *((keyword.arg, keyword.value) for keyword in call.keywords),
    ]
    return {name: value.id for name, value in given if name and isinstance(value, ast.Name)}


def _check_sections(caller: Function) -> None:
    """Refuse where the new node would run under other conditions than the call did."""
    for section in docstring(caller.piece, caller.tree).sections:
        if section.name not in _LIMITS:
            raise UnsoundError(
                f"The docstring of '{caller.name}' says '{section.name}:', which would not hold "
                "for the new node."
            )


def _check_defaults(helper: Function, caller: Function) -> None:
    """Refuse where an input would lose its default, or get another."""
    for name in helper.arguments:
        if name not in helper.plan.nodes and _default(caller, name) != _default(helper, name):
            raise UnsoundError(
                f"The input '{name}' has another default in '{caller.name}' than in "
                f"'{helper.name}'."
            )


def _default(function: Function, name: str) -> str | None:
    return next(item.default for item in Signature.of(function).items if item.name == name)
