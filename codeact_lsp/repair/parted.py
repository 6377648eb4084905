"""A fix as the places that it changes, each on its own."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from codeact_lsp.plan import Plan, relocate
from codeact_lsp.plan.edits import TextEdit, minimal
from codeact_lsp.plan.edits.importing import is_line_of_import


def parted(text: str, edit: TextEdit) -> Iterator[TextEdit]:
    """The smallest edits that do the same: one that also adds an import reaches up to there."""
    start, end = edit.span
    old, new = text[start:end].splitlines(keepends=True), edit.new.splitlines(keepends=True)
    if len(old) <= 1:
        yield edit
        return
    for kind, first, last, begin, stop in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        at = start + sum(map(len, old[:first]))
        if kind != "equal":
            yield minimal("".join(old[first:last]), "".join(new[begin:stop]), at)


def relocated(before: Plan, after: Plan, edit: TextEdit) -> tuple[TextEdit, ...]:
    """What a fix changes, where that stands in another snapshot; nothing if any of it is gone.

    A fix was run with the functions as they were; with any others it has not been.
    """
    edits = []
    for part in parted(before.source.text, edit):
        span = relocate(before, after, part.span, exact=True)
        if span is None:
            return ()
        edits.append(TextEdit(span, part.new))
    return tuple(edits)


def together(fixes: Iterable[Iterable[TextEdit]]) -> tuple[TextEdit, ...]:
    """The edits of several fixes, in order; a fix that meets one of before is left out.

    The same import is added once, whoever needs it, and several in one place one below the other.
    """
    taken: list[TextEdit] = []
    for edits in fixes:
        new = [edit for edit in edits if edit not in taken]
        if not any(_meet(edit, other) for edit in new for other in taken):
            taken += new
    return tuple(sorted(taken, key=lambda edit: edit.span))


def _meet(edit: TextEdit, other: TextEdit) -> bool:
    """Whether two edits cannot both be made."""
    if not edit.span.overlaps(other.span):
        return False
    is_beside = edit.span == other.span and edit.span.start == edit.span.end
    return not (is_beside and is_line_of_import(edit.new) and is_line_of_import(other.new))
