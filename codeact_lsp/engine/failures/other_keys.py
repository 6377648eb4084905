"""Who spells a key otherwise than the one who asks for it, or took something else for it.

That two spellings mean one key is seen by what they have in common: all but their case, the blanks
and the signs between words. Whoever was given the one and made the other has changed it.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeact_lsp.engine.failures import contents, lost_keys
from codeact_lsp.engine.failures.errors import Blame, CodeError
from codeact_lsp.engine.failures.helpers import called_helpers, inner
from codeact_lsp.engine.failures.makings import making
from codeact_lsp.engine.failures.return_places import return_place
from codeact_lsp.engine.failures.steps import Step
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Piece, Plan, Span

_RESPELLING = {
    name: getattr(str, name)
    for name in ("capitalize", "casefold", "lower", "lstrip", "rstrip", "strip", "swapcase",
                 "title", "upper")
}  # fmt: skip
_CONVERTING = frozenset({"float", "int", "repr", "str"})
Results = Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class _Change:
    """A call that may have made one spelling of another."""

    function: str
    span: Span


def other_key(plan: Plan, error: CodeError, found: Sequence[Way], results: Results) -> Blame | None:
    """Who made a key that means the one that is not there, or asks for something that is no key.

    Args:
        plan: The plan that ran.
        error: The failure.
        found: The ways of what was asked, and of the key.
        results: The results of the nodes above.
    """
    if error.type != "KeyError":
        return None
    key = error.message.strip("'\"")
    asked = [way for way in found if lost_keys.is_asked_for(way, error)]
    holders = [way for way in found if way not in asked]
    return (
        _respelt(plan, key, asked, holders, results)
        or _converted(plan, key, asked, holders, results)
        or _value_for_key(plan, key, asked, holders, results)
    )


def _respelt(
    plan: Plan, key: str, asked: Sequence[Way], holders: Sequence[Way], results: Results
) -> Blame | None:
    own, others = _above(plan, holders, results), _above(plan, asked, results)
    spellings = {each for name in own for each in contents.spellings(results[name], key)}
    for spelt in sorted(spellings):
        if blame := _changed(plan, own, key, spelt, results):
            return blame
        if blame := _changed(plan, others, spelt, key, results):
            return blame
    return None


def _changed(
    plan: Plan, nodes: Sequence[str], was: str, made: str, results: Results
) -> Blame | None:
    """The one node that was given a spelling, or has a call that changes it, and made another."""
    having = [name for name in nodes if made in contents.texts(results[name])]
    first = [name for name in having if not {*_taken(plan, name, results)} & {*having}]
    if len(first) != 1:
        return None
    node = first[0]
    changes = [each for name, each in _changes(plan, node) if _RESPELLING[name](was) == made]
    was_given = any(contents.has_word(results[each], was) for each in _taken(plan, node, results))
    if len(changes) != 1 and not was_given:
        return None
    message = f"'{node}' makes '{made}' here, which is '{was}' elsewhere."
    if len(changes) == 1:
        return Blame(changes[0].function, changes[0].span, message, likely=False)
    return _made_at(plan, node, made, results[node], message)


def _made_at(plan: Plan, node: str, text: str, result: Result, message: str) -> Blame:
    """The place in a node where a text was made: by the key that it stands under."""
    under = contents.key_of(result, text)
    step = Step("key", under) if under else Step("name")
    made = making(plan, node, result.returned, step, "str")
    place = made.span if made else return_place(plan, node, result.returned)
    deeper = inner(plan, place, "str") or inner(plan, place, "")
    if deeper:
        return Blame(deeper.function, deeper.span, message, likely=False)
    return Blame((made and made.function) or node, place, message, likely=False)


def _changes(plan: Plan, node: str) -> Iterator[tuple[str, _Change]]:
    """The calls of a node, and of the helpers that it calls, that respell a text."""
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    start = definition.span(Span(0, 0)).start
    places: list[tuple[Piece, int, str, ast.AST]] = [(piece, start, node, piece.tree)]
    places += [(other, at, each.name, each) for other, at, each in called_helpers(plan, piece.tree)]
    for inside, begin, function, tree in places:
        for part in ast.walk(tree):
            match part:
                case ast.Call(func=ast.Attribute(attr=name), args=[]) if name in _RESPELLING:
                    yield name, _Change(function, inside.span(part).shifted(begin))
                case _:
                    pass


def _converted(
    plan: Plan, key: str, asked: Sequence[Way], holders: Sequence[Way], results: Results
) -> Blame | None:
    """Who made a text of a number that is a key, or the other way round."""
    wholes = [way for way in holders if way.value.input]
    if not any(key in contents.keys(results[way.maker]) for way in wholes):
        return None
    names = [(way, _names_place(plan, way, results)) for way in wholes]
    for way, place in [*((way, way.place) for way in asked), *names]:
        if _is_conversion(plan, place):
            message = f"`{way.value.text}` has '{key}' of another type by what is done here."
            return Blame(way.method or way.maker, place, message, likely=False)
    return None


def _names_place(plan: Plan, way: Way, results: Results) -> Span:
    made = making(plan, way.maker, results[way.maker].returned, Step("name"), "str")
    return made.span if made else way.place


def _is_conversion(plan: Plan, place: Span) -> bool:
    try:
        tree = ast.parse(plan.source.text[place.start : place.end].strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return False
    match tree:
        case ast.Call(func=ast.Name(id=name)):
            return name in _CONVERTING
        case _:
            return isinstance(tree, ast.JoinedStr)


def _value_for_key(
    plan: Plan, key: str, asked: Sequence[Way], holders: Sequence[Way], results: Results
) -> Blame | None:
    """Who took for a key what stands under one; or put under it what is the key."""
    wholes = [way for way in holders if way.value.input]
    if len(wholes) != 1 or len(asked) != 1:
        return None
    holder, maker = wholes[0], asked[0].maker
    if key in contents.keys(results[holder.maker]) or not contents.is_value(
        results[holder.maker], key
    ):
        return None
    lineage = {*_above(plan, asked, results)}
    keyed = [name for name in results if key in contents.keys(results[name])]
    beside = [name for name in keyed if name not in lineage]
    is_known = any(maker not in plan.graph.upstream([name]) for name in beside)
    # Who was given it and took a value out of it for a key could have taken a key.
    is_given = holder.maker in plan.graph.upstream([maker])
    if not is_given and (is_known or _is_inverted(holder, asked[0], key, results)):
        message = f"`{holder.value.text}` has '{key}' as a value by what is made here, and no key."
        return Blame(holder.maker, holder.place, message, likely=False)
    keyed = [name for name in keyed if name in lineage]
    first = [name for name in keyed if not {*_taken(plan, name, results)} & {*keyed}]
    if len(first) != 1:
        return None
    message = f"'{first[0]}' keeps things under '{key}' here, which `{holder.value.text}` has not."
    made = making(plan, first[0], results[first[0]].returned, Step("name"), "str")
    place = made.span if made else return_place(plan, first[0], results[first[0]].returned)
    return Blame(first[0], place, message, likely=False)


def _is_inverted(holder: Way, asked: Way, key: str, results: Results) -> bool:
    """Whether what holds it has keys that nobody knows, or what is asked goes by the key's name."""
    others = [result for name, result in results.items() if name != holder.maker]
    own = contents.keys(results[holder.maker])
    if not all(any(contents.holds(result, each) for result in others) for each in own):
        return True
    fields = {contents.key_of(result, key) for result in results.values()} - {""}
    is_told = any(asked.value.text.rpartition(".")[2] == field for field in fields)
    return is_told and not any(holder.value.text.startswith(field) for field in fields)


def _above(plan: Plan, found: Iterable[Way], results: Results) -> list[str]:
    """The makers, and all that leads to them."""
    above = plan.graph.upstream(way.maker for way in found)
    return [name for name in results if name in above]


def _taken(plan: Plan, node: str, results: Results) -> list[str]:
    return [each.name for each in plan.nodes[node].node.parameters if each.name in results]
