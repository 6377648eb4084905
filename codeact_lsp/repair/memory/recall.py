"""Candidates from memory: what mended failures like this one before, fitted to this one."""

import ast
import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import (
    ACCEPTED,
    LIKELY,
    POSSIBLE,
    TAKEN,
    Candidate,
    in_places,
)
from codeact_lsp.repair.memory.answers import Asked
from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.imported import read
from codeact_lsp.repair.memory.pattern import EXACT, WIDE, said, said_exactly
from codeact_lsp.repair.memory.places import changes
from codeact_lsp.repair.memory.reached import same
from codeact_lsp.repair.model.hiding import hides, silences
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.verify import Fix
from codeact_lsp.repair.writing import shown, together

_log = logging.getLogger(__name__)
_NAME = "memory"
# Where a pattern fits in several places, it is meant in one of them or all: that the others do not
# work is no failure of the pattern.
_FURTHER = "memory-further"
# What mended the very code that failed, and not a pattern of it.
_ANSWER = "memory-answer"
_MARGIN = 0.05
# What nobody here has ever taken, but somebody elsewhere: to be offered, and never preferred.
_UNTAKEN = 0.74
# Passed over as often as not, and more often than that says nothing.
_FEW = 1
# Of so many that fit one was meant, or none; the rules want to try theirs too.
_MOST = 8


class Recall:
    """A memory, as a source of candidates that hears what becomes of them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def candidates(self, scene: Scene) -> Iterator[Candidate]:
        """What memory has to propose for a failure, the most proven first."""
        if scene.place == scene.error.span:
            yield from self._answered(scene)
        message, exactly = said(scene), said_exactly(scene)
        fitting = 0
        for remembered in self._memory.like(scene.error.type, message, exactly):
            if fitting >= _MOST:
                return
            for number, change in enumerate(changes(remembered.pattern, scene)):
                fitting += 1
                edit = together(scene, *change.parts)
                yield Candidate(
                    title=f"As before: {change.title[:1].lower()}{change.title[1:]}",
                    edit=edit,
                    hides=_hides(scene, edit, remembered),
                    likely=_likely(remembered, message, exactly),
                    rule=f"{_NAME if number == 0 else _FURTHER}:{remembered.number}",
                    says_less=True,
                    record=(remembered.taken, remembered.met),
                )

    def _answered(self, scene: Scene) -> Iterator[Candidate]:
        """What mended this very code before; the last time counts."""
        asked = Asked(scene.plan, scene.error, self._memory.marks)
        is_last = True
        for kept in self._memory.answers.like(asked.form):
            if made := asked.changes(kept.answer):
                is_very = kept.answer.very == asked.very
                yield Candidate(
                    title=_title(made),
                    edit=together(scene, *made),
                    likely=ACCEPTED if is_very and is_last else LIKELY + _MARGIN,
                    rule=f"{_ANSWER}:{kept.number}",
                    says_less=True,
                )
                is_last = is_last and not is_very

    def tried(self, candidate: Candidate, fix: Fix | None) -> None:
        """Count a trial of what came from here: what keeps failing is forgotten in the end."""
        source, _, number = candidate.rule.partition(":")
        is_pattern = source == _NAME or (source == _FURTHER and fix)
        if source != _ANSWER and not is_pattern:
            return
        tell = self._memory.answers.tell if source == _ANSWER else self._memory.tell
        _aside(_counted, tell, int(number), fix is not None)


def _counted(tell: Callable[..., None], number: int, worked: bool) -> None:  # noqa: FBT001 - so it is.
    try:
        tell(number, worked=worked)
    except (sqlite3.Error, OSError) as error:
        _log.warning("a trial could not be remembered: %s", error)


def _aside(function: Callable[..., None], *given: object) -> None:
    """Call a function that waits for the disk: no loop waits for that."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        function(*given)
    else:
        loop.run_in_executor(None, function, *given)


def _hides(scene: Scene, edit: TextEdit, remembered: Remembered) -> bool:
    """Whether it may only keep a failure from showing; of what nobody took that is said sooner."""
    if _gives_up(remembered):
        return True
    old = scene.piece
    new = same(old, scene.plan.edited(edit.span, edit.new))
    trees = [piece.tree.body[0] for piece in (old, new) if piece and piece.tree.body]
    functions = [tree for tree in trees if isinstance(tree, FUNCTIONS)]
    if len(functions) < 2:  # noqa: PLR2004 - before and after.
        return False
    return (silences if remembered.accepted else hides)(*functions)


def _gives_up(remembered: Remembered) -> bool:
    """Whether a constant comes for what was worked out, or, where nobody took that, less of it."""
    old, new = (read(each).code for each in (remembered.pattern.before, remembered.pattern.after))
    if not isinstance(old, ast.Expr) or not isinstance(new, ast.Expr):
        return False
    is_constant = isinstance(new.value, ast.Constant) and not isinstance(old.value, ast.Constant)
    is_part = isinstance(new.value, ast.Name) and not isinstance(old.value, ast.Name)
    return is_constant or (is_part and not remembered.accepted)


def _title(made: Sequence[TextEdit]) -> str:
    """What an answer does, as a title has room for it."""
    texts = [each.new.strip() for each in made if each.new.strip()]
    said = f"write '{shown(texts[0])}'" if texts else "leave something out"
    return f"As before: {said}{in_places(len(made))}"


def _likely(remembered: Remembered, message: str, exactly: str) -> float:
    """How sure that is."""
    if remembered.failed > remembered.worked + remembered.accepted:
        return POSSIBLE
    if not remembered.accepted:
        return _UNTAKEN
    if remembered.met > _FEW and remembered.taken * 2 < remembered.met:
        return POSSIBLE
    return _as_said(remembered.pattern.message, message, exactly)


def _as_said(about: str, message: str, exactly: str) -> float:
    """How near what was said then comes to what is said now."""
    if about == exactly:
        return TAKEN
    if about == message:
        return LIKELY + _MARGIN
    if about.startswith(WIDE):
        return LIKELY - _MARGIN if about == f"{WIDE}{message}" else POSSIBLE
    if about.startswith(EXACT):
        return LIKELY - _MARGIN  # The very code, but what it met was something else.
    return LIKELY
