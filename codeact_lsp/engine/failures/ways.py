"""The way of a suspect value: from its maker, through the nodes that only passed it on."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from codeact_lsp.engine.failures.errors import CodeError, Value
from codeact_lsp.engine.failures.makings import making
from codeact_lsp.engine.failures.objects import filled
from codeact_lsp.engine.failures.passing import passed_on, returned_by, set_once
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.steps import PART, Step, Variables, asked
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# What nothing was put into.
_EMPTY = frozenset({"[]", "{}", "set()", "None"})
_HOLDERS = frozenset({"dict", "list", "set", "tuple"})


@dataclass(frozen=True, slots=True)
class Way:
    """A suspect value, its maker, and the nodes that passed it on, last first.

    Attributes:
        place: The expression that made it, where that is known; else the `return` that ran.
        is_inside: Whether it is the former.
        method: The method of a class that it stands in, if it is no node.
    """

    value: Value
    maker: str
    through: tuple[str, ...]
    place: Span
    is_inside: bool
    method: str | None = None


def ways(plan: Plan, error: CodeError, results: Mapping[str, Result]) -> list[Way]:
    """The ways of the suspect values of a failure that came from other nodes."""
    within = _variables(plan, error)
    suspects = [value for value in error.values if value.suspect]
    origins = [(value, value.input or value.part_of) for value in suspects]
    found = [
        _way(plan, value, name, _asked(value, within, error), results)
        for value, name in origins
        if name in results
    ]
    return [_into_object(plan, way, within, results) for way in found]


def _into_object(plan: Plan, way: Way, within: Variables, results: Mapping[str, Result]) -> Way:
    """The same; of a part of an object that the maker only began, the method that filled it."""
    is_empty = way.value.value in _EMPTY
    if way.value.input is not None or way.is_inside or way.through or is_empty:
        return way
    field = within.outer_field(ast.parse(way.value.text, mode="eval").body)
    made = returned_by(plan, way.maker, results[way.maker].returned)
    if isinstance(made, ast.Name):
        made = set_once(plan, way.maker).get(made.id)
    match made:
        case ast.Call(func=ast.Name(id=kind)) if field is not None:
            found = filled(plan, kind, field)
        case _:
            found = None
    return replace(way, place=found.span, method=found.function) if found else way


def _asked(value: Value, within: Variables, error: CodeError) -> Step | None:
    """The step to what is meant: of a list that is of the right type itself, an item."""
    is_right = value.type in _HOLDERS and value.input is not None and not value.bad
    return PART if is_right and error.type == "TypeError" else asked(value, within)


def _variables(plan: Plan, error: CodeError) -> Variables:
    """Those of the function in which it failed."""
    index = plan.document.piece_at(error.span.start)
    return next(map(Variables.of, plan.document.pieces[index].tree.body), Variables())


def _way(
    plan: Plan, value: Value, origin: str | None, step: Step | None, results: Mapping[str, Result]
) -> Way:
    chain, made = [str(origin)], None
    while True:
        chain += _passed(plan, value, chain[-1], results, step)
        returned = results[chain[-1]].returned
        made = making(plan, chain[-1], returned, step or PART, value.type)
        above = made.taken if made and value.type == "NoneType" else None
        # That a number is a text may be the fault of whoever took it; nobody makes None on the way.
        if above is None or above[1] not in results or above[1] in chain:
            break
        step = above[0]
        chain.append(above[1])
    place = made.span if made else return_place(plan, chain[-1], returned)
    is_inside = made is not None and not made.is_around
    return Way(value, chain[-1], tuple(chain[:-1]), place, is_inside)


def _passed(
    plan: Plan, value: Value, node: str, results: Mapping[str, Result], step: Step | None
) -> list[str]:
    """The nodes above from which one took the value, and the next from that."""
    # Who leaves items out made the list that is too short, and none of its items.
    is_about_a_part = value.input is None or bool(value.bad) or step is PART
    chain = [node]
    while above := passed_on(plan, chain[-1], results, parts=is_about_a_part):
        if above in chain:
            break
        chain.append(above)
    return chain[1:]
