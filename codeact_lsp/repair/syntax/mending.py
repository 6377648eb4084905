"""Look for the smallest changes after which a text parses."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.edits import TextEdit, minimal
from codeact_lsp.plan.syntax import SyntaxIssue, parse
from codeact_lsp.repair.syntax import (
    blocks,
    bodies,
    brackets,
    characters,
    commas,
    leftovers,
    openings,
    others,
    texts,
)
from codeact_lsp.repair.syntax.broken import Broken, Change, Proposer

_PROPOSERS: tuple[Proposer, ...] = (
    leftovers.changes,
    characters.changes,
    texts.changes,
    openings.changes,
    brackets.changes,
    commas.changes,
    blocks.changes,
    bodies.changes,
    others.changes,
)
# A statement has one slip, rarely two; what takes four changes is no repair any more.
_MOST_CHANGES = 3
_WIDTH = 6
_MOST_PARSED = 200
_MOST_OFFERED = 3
_MOST_CHARACTERS = 20_000
# Ways that are less apart say nothing about which was meant.
_NEAR = 0.05
_PREFERRED = 0.75
_METHOD = re.compile(r"(?:async\s+)?def\s+\w+\s*\(\s*(?:self|cls)\b|@")
_OF_A_FUNCTION = (
    "outside function",
    "outside loop",
    "unexpected indent",
    "unindent does not match",
)
# How far a function may reach whose body stands at the margin.
_MOST_PIECES = 40


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of a plan after which a statement of it parses.

    Attributes:
        title: What it does.
        edit: The change, within the statement that does not parse.
        preferred: Whether it is what was meant, as far as that can be told.
    """

    title: str
    edit: TextEdit
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text after some changes, and what Python says of it."""

    text: str
    issue: SyntaxIssue | None
    titles: tuple[str, ...] = ()
    likely: float = 1.0

    def changed(self, change: Change) -> "_Draft":
        titles = tuple(dict.fromkeys([*self.titles, change.title]))
        # The same slip twice is no more of a guess than once.
        by = 1.0 if change.title in self.titles else change.likely
        return _Draft(change.text, parse(change.text)[1], titles, self.likely * by)


def mends(plan: Plan, place: Span) -> list[Mend]:
    """The ways to have the statement at a place parse, best first; none if it does.

    Nothing outside that statement is changed, unless what follows it was meant to be its body.
    """
    index = plan.document.piece_at(place.start)
    start, issue = plan.document.starts[index], plan.document.pieces[index].issue
    if issue is None:
        return []
    for text in _regions(plan, index, issue):
        if found := _distinct(_parsing(text)):
            return _offers(found, text, start)
    if text := _function_before(plan, index, issue):
        return _offers(
            _distinct(_parsing(text)), text, start - len(text) + len(_piece(plan, index))
        )
    return []


def _offers(found: list[_Draft], text: str, start: int) -> list[Mend]:
    return [
        Mend(
            title=f"{'; '.join(draft.titles)}: parses",
            edit=minimal(text, draft.text, start),
            preferred=number == 0 and _is_preferred(draft, found[1:]),
        )
        for number, draft in enumerate(found[:_MOST_OFFERED])
    ]


def _piece(plan: Plan, index: int) -> str:
    return plan.document.pieces[index].text


def _function_before(plan: Plan, index: int, issue: SyntaxIssue) -> str:
    """A statement that only a function can hold, with the function that stands above it, if any."""
    if not any(words in issue.message for words in _OF_A_FUNCTION):
        return ""
    text = _piece(plan, index)
    for before in range(index - 1, max(index - _MOST_PIECES, -1), -1):
        text = _piece(plan, before) + text
        if _is_apart(_piece(plan, before)):
            return text if len(text) <= _MOST_CHARACTERS else ""
    return ""


def _regions(plan: Plan, index: int, issue: SyntaxIssue) -> Iterator[str]:
    """The statement; and a head without a body together with what stands below it."""
    pieces = [piece.text for piece in plan.document.pieces[index : index + _MOST_PIECES]]
    texts_of = [pieces[0]]
    if issue.message.startswith("expected an indented block"):
        is_apart = _is_no_method if "class definition" in issue.message else _is_apart
        body = next((at for at, text in enumerate(pieces[1:], 1) if is_apart(text)), len(pieces))
        texts_of.append("".join(pieces[:body]))
    yield from (text for text in texts_of if len(text) <= _MOST_CHARACTERS)


def _is_apart(text: str) -> bool:
    return text.startswith(("def ", "class ", "@", "async ", "import ", "from "))


def _is_no_method(text: str) -> bool:
    """Whether a class ends in front of a statement that stands beside it."""
    return _is_apart(text) and not _METHOD.match(text)


def _is_preferred(best: _Draft, others_of: list[_Draft]) -> bool:
    return best.likely >= _PREFERRED and all(
        other.likely < best.likely - _NEAR for other in others_of
    )


def _distinct(drafts: list[_Draft]) -> list[_Draft]:
    """Without those that mean the same, the surest first."""
    known: dict[str, _Draft] = {}
    for draft in sorted(drafts, key=lambda each: -each.likely):
        known.setdefault(ast.dump(parse(draft.text)[0]), draft)
    return list(known.values())


def _parsing(text: str) -> list[_Draft]:
    """What parses after as few changes as possible."""
    drafts = [_Draft(text, parse(text)[1])]
    seen = {text}
    for _ in range(_MOST_CHANGES):
        further = [new for draft in drafts for new in _further(draft, seen)]
        found = [draft for draft in further if draft.issue is None]
        if found:
            return found
        further.sort(key=lambda draft: (-draft.likely, _left(draft)))
        drafts = further[:_WIDTH]
    return []


def _further(draft: _Draft, seen: set[str]) -> Iterator[_Draft]:
    """What a change makes of a draft, if that is sound, or unsound for another reason."""
    broken = Broken(draft.text, draft.issue) if draft.issue else None
    for proposer in _PROPOSERS if broken else ():
        for change in proposer(broken) if broken else ():
            if change.text not in seen and len(seen) < _MOST_PARSED:
                seen.add(change.text)
                new = draft.changed(change)
                if new.issue is None or not _is_same(draft, new):
                    yield new


def _is_same(draft: _Draft, new: _Draft) -> bool:
    """Whether Python still complains of the same, in the same place."""
    if not (draft.issue and new.issue) or draft.issue.message != new.issue.message:
        return False
    return draft.issue.span.start == new.issue.span.start or _left(draft) == _left(new)


def _left(draft: _Draft) -> int:
    return len(draft.text) - draft.issue.span.start if draft.issue else 0
