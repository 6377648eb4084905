"""In the docstring of a node: section names, what their values name, parameters to describe."""

import re
from collections.abc import Iterable

from codeact_lsp.plan.completion.names import possible_nodes
from codeact_lsp.plan.completion.place import DocstringPlace
from codeact_lsp.plan.completion.suggestion import Offer, Outside, Suggestion, Suggestions, best
from codeact_lsp.plan.docstrings.docstring import ARGUMENT_HEADINGS
from codeact_lsp.plan.docstrings.vocabulary import KINDS
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span

_LINE_END = re.compile(r"[\r\n]")
_WORD = re.compile(r"[ \t]*(\w*)")
_VALUE = re.compile(rf"[ \t]*({'|'.join(KINDS)}):[ \t]*(.*)")
_USED = re.compile(rf"(?:\A|[\r\n])[ \t]*({'|'.join([*KINDS, 'Args', 'Returns', 'Raises'])}):")
_ENTRY = re.compile(r"(?:\A|[\r\n])[ \t]+\*{0,2}(\w+)[^:\r\n]*:")
_WAIT_AFTER = re.compile(r"\S+\s*[a-z]+\s+after\s+(\w*)")
_GOOGLE = {
    "Args": "what each parameter is",
    "Returns": "what the node's value is",
    "Raises": "which exceptions mean what",
}


def suggestions(plan: Plan, place: DocstringPlace, outside: Outside) -> Suggestions:
    """What the caret's line can go on with."""
    line = _LINE_END.split(place.before)[-1]
    if value := _VALUE.fullmatch(line):
        return _of_value(plan, place, outside, value[1], value[2])
    word = _WORD.fullmatch(line)
    if word is None or line == place.before:
        return Suggestions()  # Prose; on the first line, what is typed is the summary.
    if _block(place, line) in ARGUMENT_HEADINGS:
        return _arguments(place, word[1])
    return _sections(place, word[1]) if _at_margin(place, line) else Suggestions()


def _sections(place: DocstringPlace, typed: str) -> Suggestions:
    everything = place.before + place.after
    used = set(_USED.findall(everything))
    kinds = [kind for kind in KINDS.values() if kind.adds_up or kind.name not in used]
    known = {
        kind.name: Suggestion(
            Offer.SECTION,
            kind.name,
            f"{kind.name}: ",
            _span(place, typed),
            kind.accepted,
            kind.meaning,
        )
        for kind in kinds
    }
    for name, told in _GOOGLE.items():
        if name not in used and (name != "Args" or place.parameters):
            known[name] = Suggestion(Offer.SECTION, name, f"{name}:", _span(place, typed), told)
    found, is_complete = best(known, typed)
    return Suggestions(tuple(known[name] for name in found), is_complete)


def _arguments(place: DocstringPlace, typed: str) -> Suggestions:
    described = set(_ENTRY.findall(place.before)) | set(_ENTRY.findall(place.after))
    found, is_complete = best((name for name in place.parameters if name not in described), typed)
    span = _span(place, typed)
    return Suggestions(
        tuple(Suggestion(Offer.PARAMETER, name, f"{name}: ", span) for name in found), is_complete
    )


def _of_value(
    plan: Plan, place: DocstringPlace, outside: Outside, name: str, value: str
) -> Suggestions:
    *items, last = value.split(",")
    typed = last.lstrip(" \t")
    if name == "After":
        taken = {*place.parameters, *(item.strip() for item in items)}
        return _nodes(plan, place, typed, taken)
    if name == "Wait" and (after := _WAIT_AFTER.fullmatch(value)):
        return _nodes(plan, place, after[1], ())
    if name == "Uses":
        used = {use for links in plan.graph.links.values() for use in links.resources}
        # What is being typed counts as used already.
        known = sorted({*used, *outside.resources} - {typed, *(item.strip() for item in items)})
        return _plain(place, Offer.RESOURCE, known, typed)
    return _plain(place, Offer.VALUE, KINDS[name].samples, typed if name == "Needs" else value)


def _nodes(plan: Plan, place: DocstringPlace, typed: str, taken: Iterable[str]) -> Suggestions:
    nodes = possible_nodes(plan, place.function, place.start, {*taken, place.function})
    found, is_complete = best(nodes, typed)
    span = _span(place, typed)
    known = [plan.nodes[name].node for name in found]
    return Suggestions(
        tuple(
            Suggestion(Offer.NODE, node.name, node.name, span, node.signature, node.summary)
            for node in known
        ),
        is_complete,
    )


def _plain(place: DocstringPlace, offer: Offer, known: Iterable[str], typed: str) -> Suggestions:
    found, is_complete = best(known, typed)
    span = _span(place, typed)
    return Suggestions(
        tuple(Suggestion(offer, each.strip(), each, span) for each in found), is_complete
    )


def _span(place: DocstringPlace, typed: str) -> Span:
    end = place.start + len(place.before)
    return Span(end - len(typed), end)


def _at_margin(place: DocstringPlace, line: str) -> bool:
    """Whether no line of the docstring but the first stands further left than `line`."""
    others = [*_LINE_END.split(place.before)[1:-1], *_LINE_END.split(place.after)[1:]]
    return all(_indent(line) <= _indent(other) for other in others if other.strip())


def _block(place: DocstringPlace, line: str) -> str:
    """The heading of the block that `line` is indented into; empty if it is in none."""
    for above in reversed(_LINE_END.split(place.before)[:-1]):
        if above.strip() and _indent(above) < _indent(line):
            return above.strip().removesuffix(":")
    return ""


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs())
