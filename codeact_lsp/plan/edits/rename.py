"""Rename a node, an input or a helper everywhere in the plan, or a parameter of one node."""

import unicodedata
from collections.abc import Iterable

from codeact_lsp.plan.edits.rename_checks import Refusal, fixed, hindrance, misnamed, unnamed
from codeact_lsp.plan.edits.text import TextEdit
from codeact_lsp.plan.names.occurrences import (
    Form,
    Occurrence,
    Subject,
    keywords,
    occurrences,
    pieces_with,
)
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Span

__all__ = ["Refusal", "rename", "rename_parameter", "renameable", "unnamed"]


def rename(plan: Plan, subject: Subject, new: str) -> tuple[TextEdit, ...] | Refusal:
    """The edits that make `subject` be called `new`, in the order of the text.

    They cover its definitions, all uses, the docstrings that name it, and the keywords of direct
    calls. For a renaming that would change what the plan means, the answer is why not.
    """
    normalised = unicodedata.normalize("NFKC", new)
    refusal = misnamed(normalised)
    if refusal:
        return refusal
    if normalised == subject.name:
        return ()
    places = occurrences(plan, subject)
    refusal = fixed(plan, subject, places) or hindrance(plan, subject, normalised)
    return refusal or _edits((one.span for one in places), new)


def renameable(plan: Plan, subject: Subject) -> Refusal | None:
    """Why `subject` can be given no other name, if that is so whatever the name."""
    return fixed(plan, subject, occurrences(plan, subject))


def rename_parameter(plan: Plan, node: str, parameter: str, new: str) -> tuple[TextEdit, ...]:
    """The edits that make `parameter` of a node be called `new`, in the order of the text.

    They cover its uses in the function, what the docstring says of it, and the keywords of direct
    calls; none where one of these places is not certain, or `new` means something else there.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    scope = piece.scopes.function(definition.node.name_span)
    if scope is None or piece.scopes.changed_by_renaming(parameter, {scope}, new):
        return ()
    uses = piece.scopes.of(parameter, scope)
    described = [one for one in definition.node.described if one.name == parameter]
    places = [Occurrence(definition.span(one.span), Form.READ, one.exact) for one in uses]
    places += [
        Occurrence(definition.span(one.span), Form.DESCRIPTION, one.exact) for one in described
    ]
    for other, start in pieces_with(plan, node):
        passed = keywords(plan, other, parameter, callee=node)
        places += [Occurrence(one.span.shifted(start), one.form, one.exact) for one in passed]
    if not all(place.exact for place in places):
        return ()
    return _edits((place.span for place in places), new)


def _edits(spans: Iterable[Span], new: str) -> tuple[TextEdit, ...]:
    return tuple(TextEdit(span, new) for span in sorted(set(spans)))
