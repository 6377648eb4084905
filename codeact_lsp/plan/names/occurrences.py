"""What a plan names, and every place that names it: nodes, inputs, and the module's other names.

    def growth(orders, month):         # `orders`: a node, `month`: an input
        \"\"\"After: archive            # a node too
        \"\"\"
        return _totals(orders, month)  # `_totals`: a helper

An input is one thing however many nodes take it. Local variables are other tools' business.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from codeact_lsp.plan.docstrings.directives import Reference
from codeact_lsp.plan.names.scopes import MODULE, Mention, Role
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span


class Kind(Enum):
    """What a name stands for; HELPER is any module-level name that is no node."""

    NODE = "node"
    INPUT = "input"
    HELPER = "helper"


class Form(Enum):
    """How a place names a thing: in code, in a node's docstring, or as a keyword of a call."""

    DEFINITION = "definition"
    PARAMETER = "parameter"
    READ = "read"
    WRITE = "write"
    DECLARATION = "declaration"
    KEYWORD = "keyword"
    SECTION = "section"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that the plan names."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place that names a subject.

    Attributes:
        span: In the document.
        exact: Whether `span` is the name and nothing else. If not, the name is somewhere in it.
        foreign: Whether the name is one that another module gave (`from m import name`).
    """

    span: Span
    form: Form
    exact: bool = True
    foreign: bool = False


_FORMS = {
    Role.READ: Form.READ,
    Role.WRITE: Form.WRITE,
    Role.UPDATE: Form.WRITE,
    Role.DEFINITION: Form.DEFINITION,
    Role.IMPORT: Form.DEFINITION,
    Role.PARAMETER: Form.PARAMETER,
    Role.DECLARATION: Form.DECLARATION,
}


def subject_at(plan: Plan, offset: int) -> tuple[Subject, Span] | None:
    """What is named at `offset`, and where; None for what is a local variable or not the plan's."""
    index = plan.document.piece_at(offset)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    found = _in_code(plan, piece, offset - start) or _in_docstring(plan, piece, offset - start)
    return (found[0], found[1].shifted(start)) if found else None


def occurrences(plan: Plan, subject: Subject) -> tuple[Occurrence, ...]:
    """Every place that names `subject`, in the order of the text."""
    found = [
        Occurrence(one.span.shifted(start), one.form, one.exact, one.foreign)
        for piece, start in pieces_with(plan, subject.name)
        for one in _in_piece(plan, piece, subject)
    ]
    return tuple(sorted(found, key=lambda one: one.span))


def definition_of(plan: Plan, subject: Subject) -> Span | None:
    """Where a node or helper is defined, the last time if that happens twice; None of an input."""
    if subject.kind is Kind.NODE:
        node = plan.nodes[subject.name]
        return node.span(node.node.name_span)
    found = [one for one in occurrences(plan, subject) if one.exact]
    for form in (Form.DEFINITION, Form.WRITE) if subject.kind is Kind.HELPER else ():
        places = [one.span for one in found if one.form is form]
        if places:
            return places[-1] if form is Form.DEFINITION else places[0]
    return None


def declarations(plan: Plan, subject: Subject) -> frozenset[Span]:
    """The places that bring the subject about: its definitions, or the parameters of an input."""
    form = Form.PARAMETER if subject.kind is Kind.INPUT else Form.DEFINITION
    found = {one.span for one in occurrences(plan, subject) if one.form is form}
    defined = definition_of(plan, subject)
    return frozenset(found | {defined} if defined else found)


def pieces_with(plan: Plan, *names: str) -> Iterator[tuple[Piece, int]]:
    """The pieces that may mention one of `names`, each with its start.

    Only these have to be looked at closer, and most pieces are told apart by their text alone.
    """
    for piece, start in zip(plan.document.pieces, plan.document.starts, strict=True):
        if any(name in _spelt(piece) or _is_tied(piece, name) for name in names):
            yield piece, start


def _spelt(piece: Piece) -> str:
    """The text, as Python reads the names in it."""
    return piece.text if piece.text.isascii() else unicodedata.normalize("NFKC", piece.text)


def _is_tied(piece: Piece, name: str) -> bool:
    """Whether a docstring names it, perhaps in a way that its text does not show: by an escape."""
    links = (node.links for node in piece.nodes)
    return any(name in link.control or name in link.temporal for link in links)


def _in_code(plan: Plan, piece: Piece, offset: int) -> tuple[Subject, Span] | None:
    mention = piece.scopes.at(offset)
    subject = _subject(plan, piece, mention) if mention else None
    if mention and subject:
        return subject, mention.span
    for keyword in piece.scopes.keywords:
        if keyword.exact and offset in keyword.span:
            callee = plan.nodes.get(keyword.callee)
            if callee and takes(callee.node, keyword.name):
                return _of_parameter(plan, keyword.name), keyword.span
    return None


def _subject(plan: Plan, piece: Piece, mention: Mention) -> Subject | None:
    if mention.binder == MODULE:
        if mention.name in plan.nodes:
            return Subject(Kind.NODE, mention.name)
        return Subject(Kind.HELPER, mention.name) if mention.name in plan.names else None
    opened = piece.scopes.scopes[mention.binder].name_span
    if any(node.name_span == opened and takes(node, mention.name) for node in piece.nodes):
        return _of_parameter(plan, mention.name)
    return None


def _of_parameter(plan: Plan, name: str) -> Subject:
    return Subject(Kind.NODE if name in plan.nodes else Kind.INPUT, name)


def _in_docstring(plan: Plan, piece: Piece, offset: int) -> tuple[Subject, Span] | None:
    for node in piece.nodes:
        for reference in _references(node):
            if reference.exact and offset in reference.span and reference.name in plan.nodes:
                return Subject(Kind.NODE, reference.name), reference.span
        for reference in node.described:
            if reference.exact and offset in reference.span and takes(node, reference.name):
                return _of_parameter(plan, reference.name), reference.span
    return None


def _in_piece(plan: Plan, piece: Piece, subject: Subject) -> Iterator[Occurrence]:
    name = subject.name
    if subject.kind is not Kind.INPUT:
        yield from map(_occurrence, piece.scopes.of(name, MODULE))
    if subject.kind is Kind.HELPER:
        return
    for node in piece.nodes:
        if takes(node, name):
            yield from map(_occurrence, piece.scopes.parameter_uses(node.name_span, name))
            yield from _written(node.described, name, Form.DESCRIPTION)
        if subject.kind is Kind.NODE:
            yield from _written(_references(node), name, Form.SECTION)
    yield from keywords(plan, piece, name)


def keywords(
    plan: Plan, piece: Piece, name: str, callee: str | None = None
) -> Iterator[Occurrence]:
    """Where a call of `callee`, or of any node, passes a value for its parameter `name`.

    The places are relative to the piece.
    """
    for keyword in piece.scopes.keywords:
        if keyword.name != name or (callee or keyword.callee) != keyword.callee:
            continue
        called = plan.nodes.get(keyword.callee)
        if called and takes(called.node, name):
            yield Occurrence(keyword.span, Form.KEYWORD, keyword.exact)


def _written(references: Iterable[Reference], name: str, form: Form) -> Iterator[Occurrence]:
    for reference in references:
        if reference.name == name:
            yield Occurrence(reference.span, form, reference.exact)


def _occurrence(mention: Mention) -> Occurrence:
    return Occurrence(mention.span, _FORMS[mention.role], mention.exact, mention.foreign)


def takes(node: Node, name: str) -> bool:
    """Whether `name` is a parameter of the node that one value is given for."""
    return any(known.name == name and not known.variadic for known in node.parameters)


def _references(node: Node) -> Iterator[Reference]:
    """What the sections of the docstring name."""
    yield from node.directives.after
    yield from (wait.after for wait in node.directives.waits if wait.after)
