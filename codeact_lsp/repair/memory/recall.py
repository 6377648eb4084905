"""Candidates from memory: what mended failures like this one before, fitted to this one."""

import logging
import sqlite3
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate
from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.pattern import EXACT, WIDE, said, said_exactly
from codeact_lsp.repair.memory.places import changes
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.verify import Fix
from codeact_lsp.repair.writing import together

_log = logging.getLogger(__name__)
_NAME = "memory"
# Where a pattern fits in several places, it is meant in one of them or all: that the others do not
# work is no failure of the pattern.
_FURTHER = "memory-further"
# Before all rules: a person took just this for this very failure. What is only like it may mean
# something else, and a rule that is sure knows better.
_ACCEPTED = 1.0
_MARGIN = 0.05
# Of so many that fit one was meant, or none; the rules want to try theirs too.
_MOST = 8


class Recall:
    """A memory, as a source of candidates that hears what becomes of them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def candidates(self, scene: Scene) -> Iterator[Candidate]:
        """What memory has to propose for a failure, the most proven first."""
        message, exactly = said(scene), said_exactly(scene)
        fitting = 0
        for remembered in self._memory.like(scene.error.type, message, exactly):
            if fitting >= _MOST:
                return
            likely = _likely(remembered, message, exactly)
            for number, change in enumerate(changes(remembered.pattern, scene)):
                fitting += 1
                yield Candidate(
                    title=f"As before: {change.title[:1].lower()}{change.title[1:]}",
                    edit=together(scene, *change.parts),
                    likely=likely,
                    rule=f"{_NAME if number == 0 else _FURTHER}:{remembered.number}",
                    says_less=True,
                )

    def tried(self, candidate: Candidate, fix: Fix | None) -> None:
        """Count a trial of what came from here: what keeps failing is forgotten in the end."""
        source, _, number = candidate.rule.partition(":")
        if source == _NAME or (source == _FURTHER and fix):
            try:
                self._memory.tell(int(number), worked=fix is not None)
            except (sqlite3.Error, OSError) as error:
                _log.warning("a trial could not be remembered: %s", error)


def _likely(remembered: Remembered, message: str, exactly: str) -> float:
    """How sure that is."""
    about = remembered.pattern.message
    if remembered.failed > remembered.worked + remembered.accepted:
        return POSSIBLE
    if about == exactly and remembered.accepted:
        return _ACCEPTED
    if about == message and remembered.accepted:
        return LIKELY + _MARGIN
    if about.startswith(WIDE):
        return LIKELY - _MARGIN if about == f"{WIDE}{message}" else POSSIBLE
    if about.startswith(EXACT):
        return LIKELY - _MARGIN  # The very code, but what it met was something else.
    return LIKELY
