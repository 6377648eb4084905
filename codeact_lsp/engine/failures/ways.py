"""The way of a suspect value: from its maker, through the nodes that only passed it on."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace

from codeact_lsp.engine.failures.carried import giver, has_part, put_in
from codeact_lsp.engine.failures.contents import holds
from codeact_lsp.engine.failures.errors import CodeError, Value
from codeact_lsp.engine.failures.handed import given, variables_at
from codeact_lsp.engine.failures.helpers import inner
from codeact_lsp.engine.failures.makings import making
from codeact_lsp.engine.failures.objects import filled, filled_by_node, made_objects
from codeact_lsp.engine.failures.passing import passed_on
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.steps import PART, WHOLE, Step, Variables, asked
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan, Span

# What nothing was put into.
_EMPTY = frozenset({"[]", "{}", "set()", "None"})
_HOLDERS = frozenset({"dict", "list", "set", "tuple"})
_TEXTS = frozenset({"bytes", "str"})
_PLAIN = frozenset({"float", "int", "str"})
_OF_SHAPES = frozenset({"AttributeError", "ValueError"})
_BY_NAMES = frozenset({"Counter", "OrderedDict", "defaultdict", "dict"})


@dataclass(frozen=True, slots=True)
class Way:
    """A suspect value, its maker, and the nodes that passed it on, last first.

    Attributes:
        place: The expression that made it, where that is known; else the `return` that ran.
        is_inside: Whether it is the former.
        method: The method or helper that it stands in, if it is no node.
        is_sure: Whether nothing else than that function can have made it so.
    """

    value: Value
    maker: str
    through: tuple[str, ...]
    place: Span
    is_inside: bool
    method: str | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A value, the last step to it, and whether it stands where something with parts was to be."""

    value: Value
    step: Step | None
    is_shape: bool


def ways(plan: Plan, error: CodeError, results: Mapping[str, Result]) -> list[Way]:
    """The ways of the suspect values of a failure that came from other nodes."""
    suspects = [value for value in error.values if value.suspect]
    origins = [(value, value.input or value.part_of) for value in suspects]
    found = [
        _way(plan, _suspect(plan, value, error), name, results)
        for value, name in origins
        if name in results
    ]
    within = variables_at(plan, error.span.start)
    return [_further_in(plan, _into_object(plan, way, within, results)) for way in found]


def _further_in(plan: Plan, way: Way) -> Way:
    """The same; of what a helper of the plan made, where that did."""
    kinds = {kind for kind, _ in way.value.bad} or {way.value.type}
    found = inner(plan, way.place, min(kinds)) if way.method is None and len(kinds) == 1 else None
    # Of a part it is known of which type it is, but not of what it is a part.
    is_known = way.value.input is not None or way.is_inside
    if found is None or not (is_known or found.is_certain):
        found = inner(plan, way.place, "") if way.method is None and not is_known else None
    if found is None:
        return way
    return replace(way, place=found.span, method=found.function, is_sure=found.is_certain)


def _into_object(plan: Plan, way: Way, within: Variables, results: Mapping[str, Result]) -> Way:
    """The same; of a part of an object, the method of its class that filled it."""
    is_empty = way.value.value in _EMPTY and way.value.type != "NoneType"
    field = _field(within, way.value)
    if way.value.input is not None or way.is_inside or is_empty or field is None:
        return way
    if deeper := _from_within(plan, way, within, results):
        return deeper
    for kind, call in made_objects(plan, way.maker, results[way.maker].returned):
        if given := call.given(plan, kind, field):
            return replace(way, place=given)
        if found := filled(plan, kind, field, call):
            if found.function == way.maker:
                return replace(way, place=found.span, is_inside=True)
            return replace(way, place=found.span, method=found.function)
    by_node = filled_by_node(plan, way.maker, results[way.maker].returned, field)
    return replace(way, place=by_node) if by_node else way


def _from_within(
    plan: Plan, way: Way, within: Variables, results: Mapping[str, Result]
) -> Way | None:
    """The way of a part of an object that the maker only put into another one."""
    part = within.step(ast.parse(way.value.text, mode="eval").body)
    owner = within.step(part[1]) if part else None
    if part is None or owner is None or (part[0].kind, owner[0].kind) != ("field", "field"):
        return None
    for kind, made in made_objects(plan, way.maker, results[way.maker].returned):
        taken = made.taken(plan, kind, str(owner[0].name))
        if taken in results and taken is not None:
            returned = results[taken].returned
            found = making(plan, taken, returned, part[0], way.value.type)
            place = found.span if found else return_place(plan, taken, returned)
            is_inside = found is not None and not found.is_around
            return replace(way, maker=taken, through=(way.maker,), place=place, is_inside=is_inside)
    return None


def _field(within: Variables, value: Value) -> str | None:
    """The field of an object that a part is, or that it is in."""
    node = ast.parse(value.text, mode="eval").body
    found = None
    while (taken := within.step(node)) is not None:
        step, node = taken
        found = str(step.name) if step.kind == "field" else found
    return found


def _suspect(plan: Plan, value: Value, error: CodeError) -> _Suspect:
    """A value; of a list that is of the right type itself, an item is meant."""
    is_right = value.type in _HOLDERS and value.input is not None and not value.bad
    is_part = is_right and error.type == "TypeError"
    step = PART if is_part else asked(value, *given(plan, error, value))
    kinds = {kind for kind, _ in value.bad} or {value.type}
    return _Suspect(value, step, error.type in _OF_SHAPES and kinds <= _PLAIN)


def _way(plan: Plan, suspect: _Suspect, origin: str | None, results: Mapping[str, Result]) -> Way:
    value, step = suspect.value, suspect.step
    chain, made = [str(origin)], None
    while True:
        chain += _passed(plan, replace(suspect, step=step), chain[-1], results)
        returned = results[chain[-1]].returned
        wanted = replace(step or PART, is_empty=value.value in _EMPTY)
        made = making(plan, chain[-1], returned, wanted, value.type)
        if (made is None or made.is_around) and (
            carried := giver(plan, chain[-1], wanted, results)
        ):
            chain.append(carried)
            continue
        if made is None and (whole := put_in(plan, chain[-1], value, results)):
            step = WHOLE
            chain.append(whole)
            continue
        above = made.taken if made and value.type not in _TEXTS else None
        # That a number is a text may be the fault of whoever took it, who had to convert it.
        if above is None or above[1] not in results or above[1] in chain:
            break
        if _is_not_there(plan, above[0], results[above[1]]):
            break
        step = above[0]
        chain.append(above[1])
    place = made.span if made else return_place(plan, chain[-1], returned)
    is_inside = made is not None and not made.is_around
    helper = made.function if made else None
    return Way(value, chain[-1], tuple(chain[:-1]), place, is_inside, helper, is_sure=not helper)


def _is_of_names(given: Result, made: Result) -> bool:
    """Whether of a dictionary only the names were kept."""
    return given.preview.type in _BY_NAMES and made.preview.type not in _BY_NAMES


def _is_not_there(plan: Plan, step: Step, result: Result) -> bool:
    """Whether nothing above has the part: a key that is not there, or a field of none of ours."""
    if step.kind == "key":
        return not holds(result, str(step.name))
    # Whoever asks a library's object for another one has chosen which.
    return step.kind == "field" and not (result.carries and has_part(plan, result, step))


def _passed(plan: Plan, suspect: _Suspect, node: str, results: Mapping[str, Result]) -> list[str]:
    """The nodes above from which one took the value, and the next from that."""
    # Who leaves items out made the list that is too short, and none of its items.
    value = suspect.value
    is_about_a_part = value.input is None or bool(value.bad) or suspect.step is PART
    chain = [node]
    while above := passed_on(plan, chain[-1], results, parts=is_about_a_part):
        if above in chain or (
            suspect.is_shape and _is_of_names(results[above], results[chain[-1]])
        ):
            break
        chain.append(above)
    return chain[1:]
