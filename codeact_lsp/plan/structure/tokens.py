"""What stands in a piece that only the plan gives a meaning: nodes, dependencies, sections.

Whether a name is a node is up to the whole plan, so that marks carry the name and leave it open:
they stay right for as long as their piece does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.plan.docstrings.directives import Section
from codeact_lsp.plan.docstrings.needs import RIGHTS
from codeact_lsp.plan.names.scopes import Role
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.source import LINE_END, Span
from codeact_lsp.plan.structure.latest import latest


class Kind(Enum):
    """What a mark is.

    A REFERENCE is a node only if one bears its name; what is DESCRIBED is a parameter.
    """

    NODE = "node"
    PARAMETER = "parameter"
    REFERENCE = "reference"
    SECTION = "section"
    RESOURCE = "resource"
    KEYWORD = "keyword"
    NUMBER = "number"
    VALUE = "value"
    DESCRIBED = "described"


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked place, on one line.

    Attributes:
        name: Of a parameter or a reference, also in a docstring: the name that may be a node's.
        role: Of a parameter: what is done to it here.
    """

    span: Span
    kind: Kind
    name: str = ""
    role: Role = Role.READ


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a piece, in order and without overlaps, and the names on which they depend."""

    marks: tuple[Mark, ...] = ()
    names: frozenset[str] = frozenset()


_NUMBER = r"(?P<number>\d[\w:.+-]*(?:[ \t]+[A-Za-z]+\b)?)"
_AFTER_NUMBER = r"(?P<number>\d[\w:.+-]*(?:[ \t]+(?:ms|s|min|h)\b)?)"
# What stands in the value of a section, by the names of `Kind`.
_VALUES = {
    "After": re.compile(r"(?P<reference>\w+)"),
    "Uses": re.compile(r":[ \t]*(?P<number>\d+)|(?P<resource>[\w.-]+)"),
    "Wait": re.compile(rf"(?P<keyword>\b(?:after|until)\b)|{_AFTER_NUMBER}|(?P<reference>\w+)"),
    "Timeout": re.compile(_NUMBER),
    "Retries": re.compile(_NUMBER),
    "Memory": re.compile(_NUMBER),
    "Cache": re.compile(r"(?P<keyword>\b(?:on|off)\b)"),
    "Needs": re.compile(
        rf"(?P<keyword>\b(?:{'|'.join(RIGHTS)})\b)(?:[ \t]+(?P<value>[^,\s](?:[^,]*[^,\s])?))?"
    ),
}


@latest
def marks(piece: Piece) -> Marks:
    """The marks of `piece`; none of one that does not parse."""
    if not piece.nodes:
        return Marks()
    found = sorted(_all(piece), key=lambda mark: (mark.span.start, -mark.span.end))
    kept: list[Mark] = []
    for mark in found:
        if (not kept or kept[-1].span.end <= mark.span.start) and _fits(piece, mark.span):
            kept.append(mark)
    return Marks(tuple(kept), frozenset(mark.name for mark in kept if mark.name))


def _fits(piece: Piece, span: Span) -> bool:
    return span.start < span.end and not LINE_END.search(piece.text, span.start, span.end)


def _all(piece: Piece) -> Iterator[Mark]:
    for node in piece.nodes:
        yield Mark(node.name_span, Kind.NODE)
        yield from _parameters(piece, node)
        for described in node.described:
            if described.exact:
                yield Mark(described.span, Kind.DESCRIBED, described.name)
        for section in node.sections:
            if section.exact:
                yield from _section(section)


def _parameters(piece: Piece, node: Node) -> Iterator[Mark]:
    for parameter in node.parameters:
        if not parameter.variadic:
            for use in piece.scopes.parameter_uses(node.name_span, parameter.name):
                if use.exact:
                    yield Mark(use.span, Kind.PARAMETER, parameter.name, use.role)


def _section(section: Section) -> Iterator[Mark]:
    yield Mark(section.name_span, Kind.SECTION)
    for match in _VALUES[section.name].finditer(section.value):
        for group, text in match.groupdict().items():
            if text is not None:
                kind = Kind(group)
                name = text if kind is Kind.REFERENCE else ""
                yield Mark(section.part(*match.span(group)), kind, name)
