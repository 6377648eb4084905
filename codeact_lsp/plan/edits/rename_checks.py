"""Whether a renaming leaves the plan's meaning as it is, and if not, why."""

import ast
import builtins
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from codeact_lsp.plan.edits.indirect import indirect_uses
from codeact_lsp.plan.names.occurrences import Kind, Occurrence, Subject, pieces_with, takes
from codeact_lsp.plan.names.scopes import MODULE, Mention
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.source import Encoding, Span

# What code can mention without binding it: only the names count, nothing is called.
_BUILT_IN = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a renaming would break the plan; where, if it is one place that stands in the way."""

    message: str
    span: Span | None = None


def misnamed(new: str) -> Refusal | None:
    """Why nothing can be called `new`."""
    if not new.isidentifier():
        return Refusal(f"'{new}' is no name: it takes letters, digits and '_', no digit first.")
    if keyword.iskeyword(new) or new == "__debug__":
        return Refusal(f"'{new}' is a word of the Python language.")
    return None


def unnamed(plan: Plan, offset: int) -> Refusal:
    """Why what stands at `offset` is no node, input or helper of the plan."""
    index = plan.document.piece_at(offset)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    if piece.issue:
        return Refusal("This code does not parse.", piece.issue.span.shifted(start))
    mention = piece.scopes.at(offset - start)
    if mention is None:
        return Refusal("This names no node, input or helper of the plan.")
    span = mention.span.shifted(start)
    if mention.binder != MODULE:
        return Refusal(f"'{mention.name}' is a variable of this function only.", span)
    if mention.name in _BUILT_IN:
        return Refusal(f"'{mention.name}' is built into Python.", span)
    return Refusal(f"The plan does not define '{mention.name}'.", span)


def fixed(plan: Plan, subject: Subject, places: Sequence[Occurrence]) -> Refusal | None:
    """Why `subject`, which stands at `places`, cannot be called anything else."""
    return (
        _unread(plan, subject.name)
        or _unplaced(plan, subject, places)
        or _indirect(plan, subject)
        or _foreign(plan, subject, places)
        or _undecided(plan, subject)
    )


def hindrance(plan: Plan, subject: Subject, new: str) -> Refusal | None:
    """Why `subject` cannot be called `new`."""
    return (
        _other_kind(plan, subject, new)
        or _taken(plan, subject, new)
        or _unread(plan, new)
        or _mixed_up(plan, subject, new)
    )


def _other_kind(plan: Plan, subject: Subject, new: str) -> Refusal | None:
    """A leading underscore tells nodes from helpers."""
    private = new.startswith("_")
    if subject.kind is Kind.NODE and private:
        return Refusal(f"A name that begins with '_' is no node's: '{new}' would be a helper.")
    if subject.kind is Kind.HELPER and not private and _is_function(plan, subject.name):
        return Refusal(f"A function without '_' before its name is a node: '{new}' would be one.")
    return None


def _is_function(plan: Plan, name: str) -> bool:
    """Whether a top-level `def` binds the name."""
    return any(
        isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name == name
        for piece, _ in pieces_with(plan, name)
        for part in piece.tree.body
    )


def _taken(plan: Plan, subject: Subject, new: str) -> Refusal | None:
    """Names that two things of the plan cannot share."""
    reason = None
    if new in plan.nodes:
        shared = ": the input would become a dependency on it"
        reason = f"There is a node '{new}'{shared if subject.kind is Kind.INPUT else ' already'}."
    elif new in plan.broken:
        reason = f"The plan seems to define '{new}' where it cannot be read."
    elif subject.kind is not Kind.INPUT and new in plan.names:
        reason = f"The plan defines '{new}' already."
    elif subject.kind is not Kind.HELPER:
        reason = _awaited(plan, subject, new)
    return Refusal(reason) if reason else None


def _awaited(plan: Plan, subject: Subject, new: str) -> str | None:
    """A node that names `new` although there is no such node yet."""
    for node in (definition.node for definition in plan.definitions):
        if takes(node, new):
            if subject.kind is Kind.INPUT:
                return f"There is an input '{new}' already: the two would become one."
            return f"'{node.name}' takes an input '{new}': it would become a dependency."
        if subject.kind is Kind.NODE and new in node.links.ordering:
            return f"The docstring of '{node.name}' names '{new}': it would become a dependency."
    return None


def _unread(plan: Plan, name: str) -> Refusal | None:
    """Text that does not parse may mean anything."""
    whole = re.compile(rf"\b{re.escape(name)}\b")
    for piece, start in pieces_with(plan, name):
        if piece.issue and whole.search(unicodedata.normalize("NFKC", piece.text)):
            span = piece.issue.span.shifted(start)
            where = _line(plan, span.start)
            return Refusal(f"'{name}' is written in code that does not parse: {where}.", span)
    return None


def _indirect(plan: Plan, subject: Subject) -> Refusal | None:
    for span in indirect_uses(plan, subject):
        where = _line(plan, span.start)
        return Refusal(f"'{subject.name}' is also named where it is only data: {where}.", span)
    return None


def _unplaced(plan: Plan, subject: Subject, places: Sequence[Occurrence]) -> Refusal | None:
    for place in places:
        if not place.exact:
            where = _line(plan, place.span.start)
            reason = f"'{subject.name}' is written where it cannot be replaced: {where}."
            return Refusal(reason, place.span)
    return None


def _foreign(plan: Plan, subject: Subject, places: Sequence[Occurrence]) -> Refusal | None:
    for place in places:
        if place.foreign:
            where = _line(plan, place.span.start)
            reason = f"'{subject.name}' is an imported name ({where}): import it 'as' another."
            return Refusal(reason, place.span)
    return None


def _undecided(plan: Plan, subject: Subject) -> Refusal | None:
    if subject.kind is Kind.INPUT:
        return None
    for piece, start in pieces_with(plan, subject.name):
        if mention := piece.scopes.undecided(subject.name):
            span = mention.span.shifted(start)
            where = _line(plan, span.start)
            reason = f"A class has a '{subject.name}' too, and only running tells which it reads"
            return Refusal(f"{reason}: {where}.", span)
    return None


def _mixed_up(plan: Plan, subject: Subject, new: str) -> Refusal | None:
    """Code in which one of the two names would come to mean something else."""
    for piece, start in pieces_with(plan, subject.name, new):
        binders = set(_binders(piece, subject))
        clash = piece.scopes.changed_by_renaming(subject.name, binders, new)
        clash = clash or _mangled(piece, subject.name, binders, new)
        if clash:
            span = clash.span.shifted(start)
            return Refusal(_clash(clash, subject.name, new, _line(plan, span.start)), span)
    return None


def _binders(piece: Piece, subject: Subject) -> Iterator[int]:
    """The scopes of the piece that bind the subject's name as its name."""
    if subject.kind is not Kind.INPUT:
        yield MODULE
    for node in piece.nodes if subject.kind is not Kind.HELPER else ():
        scope = piece.scopes.function(node.name_span)
        if scope is not None and takes(node, subject.name):
            yield scope


def _mangled(piece: Piece, old: str, binders: Collection[int], new: str) -> Mention | None:
    """A mention inside of a class, where Python changes names such as `__x`."""
    if not new.startswith("__") or new.endswith("__"):
        return None
    scopes = piece.scopes
    return next(
        (
            one
            for one in scopes.named(old)
            if one.binder in binders and scopes.is_in_class(one.scope)
        ),
        None,
    )


def _clash(clash: Mention, old: str, new: str, where: str) -> str:
    if clash.name == old:
        return f"'{new}' would mean something else than '{old}' does: {where}."
    what = f"the built-in '{new}'" if new in _BUILT_IN and clash.binder == MODULE else f"'{new}'"
    return f"The code uses {what} for something else: {where}."


def _line(plan: Plan, offset: int) -> str:
    return f"line {plan.source.position(offset, Encoding.CODE_POINTS).line + 1}"
