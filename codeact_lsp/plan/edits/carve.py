"""Move statements of a node's body into a node of their own, above it."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from codeact_lsp.plan.edits.annotated import placed_annotation
from codeact_lsp.plan.edits.cut import lines_of, new_node, replaced, text_of
from codeact_lsp.plan.edits.effects import check_order, check_own
from codeact_lsp.plan.edits.entry import without_entries
from codeact_lsp.plan.edits.flow import Flow, own_parts, surely_bound, yields
from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.layout import indentation
from codeact_lsp.plan.edits.naming import unique_name
from codeact_lsp.plan.edits.occasion import check_reached
from codeact_lsp.plan.edits.refactoring import UnsoundError
from codeact_lsp.plan.edits.signature import parameters_edit
from codeact_lsp.plan.edits.storable import check_bound_storable
from codeact_lsp.plan.edits.text import TextEdit


@dataclass(frozen=True)
class Part:
    """Statements `first` to `last` of a node's body, between those before and after them."""

    function: Function
    first: int
    last: int

    @cached_property
    def flow(self) -> Flow:
        """The names of the whole function."""
        return Flow(self.function)

    @property
    def before(self) -> list[ast.stmt]:
        """What runs before them."""
        return self.function.body[: self.first]

    @property
    def inside(self) -> list[ast.stmt]:
        """The statements themselves."""
        return self.function.body[self.first : self.last + 1]

    @property
    def after(self) -> list[ast.stmt]:
        """What runs after them."""
        return self.function.body[self.last + 1 :]

    @cached_property
    def needed(self) -> set[str]:
        """The names whose values they need."""
        return self.flow.needs(self.inside)

    @cached_property
    def held(self) -> set[str]:
        """The names that functions which are defined before them read later on."""
        spans = map(self.function.span, self.before)
        return set[str]().union(*map(self.flow.closures, spans))

    def written(self, statements: Sequence[ast.stmt]) -> set[str]:
        """The function's names that `statements` bind."""
        return set[str]().union(*map(self.flow.writes, map(self.function.span, statements)))


def carve_statements(function: Function, first: int, last: int) -> Iterator[TextEdit]:
    """The edits that make a node of statements `first` to `last` of a node's body.

    Raises:
        UnsoundError: The plan would not compute what it does.
    """
    part = Part(function, first, last)
    _check_whole(part)
    check_computed(part.flow, part.needed, part.before)
    _check_bound(part)
    value = _value(part)
    check_order(function, part.before, part.inside, part.after)
    check_own(function, value, part.after)
    yield from _edits(part, value)


def check_computed(flow: Flow, needed: set[str], before: Sequence[ast.stmt]) -> None:
    """Refuse what needs a value that is no parameter as the node got it.

    Raises:
        UnsoundError: One of `needed` is bound by `before`, or is `*args`.
    """
    function = flow.function
    variadic = filter(None, (function.tree.args.vararg, function.tree.args.kwarg))
    if any(argument.arg in needed for argument in variadic):
        raise UnsoundError("It reads '*args' or '**kwargs', which a node does not get.")
    bound = set[str]().union(*map(flow.writes, map(function.span, before)))
    if computed := bound & needed:
        name = min(computed)
        raise UnsoundError(
            f"It reads '{name}', which is computed above it; a node takes nodes and inputs only. "
            f"Select the statements that compute '{name}' too, or split there first."
        )


def _edits(part: Part, value: str) -> Iterator[TextEdit]:
    function, flow = part.function, part.flow
    lines = lines_of(function, part.first, part.last)
    name, annotation = _name_for(part, value), _annotation(part, value)
    text = [*text_of(function, lines), f"{indentation(function)}return {value}"]
    yield new_node(function, name, annotation, part.needed, part.inside, text)
    kept = flow.needs(part.before) | (flow.needs(part.after) - {value}) | part.held
    used = part.needed & function.arguments.keys()
    added = f"{name}: {annotation}" if annotation else name
    yield from parameters_edit(function, used - kept, [added])
    yield from without_entries(function, used - kept)
    yield replaced(function, lines, "" if name == value else f"{value} = {name}")


def _check_whole(part: Part) -> None:
    part.flow.check_closed()
    check_reached(part.before)
    if any(isinstance(each, ast.Return) for each in own_parts(part.inside)):
        raise UnsoundError("It leaves the function with a 'return'.")
    if yields(part.inside):
        raise UnsoundError("It contains a 'yield'.")


def _check_bound(part: Part) -> None:
    """Refuse what reads names that the function binds only further down."""
    known = part.written(part.inside) | part.function.arguments.keys()
    if unset := part.needed - known:
        raise UnsoundError(f"It reads '{min(unset)}', which has no value yet.")


def _value(part: Part) -> str:
    """The one name that flows out."""
    bound = part.written(part.inside)
    values = sorted(bound & (part.flow.needs(part.after) | part.held))
    if not values:
        raise UnsoundError("Nothing that it computes is used below it.")
    if len(values) > 1:
        names = ", ".join(f"'{name}'" for name in values)
        raise UnsoundError(f"It computes {names}, all used below it; a node has one value.")
    if values[0] not in surely_bound(part.inside):
        raise UnsoundError(f"It may leave '{values[0]}' as it was, or unset.")
    check_bound_storable(values[0], own_parts(part.inside))
    return values[0]


def _name_for(part: Part, value: str) -> str:
    """The node's name: the value's own, if the function can take it as a parameter."""
    is_own = value in part.function.arguments or value in part.written(part.before)
    taken = part.flow.names() - (set() if is_own else {value})
    return unique_name(part.function.plan, value, taken)


def _annotation(part: Part, name: str) -> str | None:
    function = part.function
    for each in part.inside:
        match each:
            case ast.AnnAssign(target=ast.Name(id=bound), annotation=written) if bound == name:
                return placed_annotation(function.plan, function.text(written), function.index)
            case _:
                pass
    return None
