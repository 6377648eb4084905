"""Candidates from memory: what mended failures like this one before, fitted to this one."""

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate
from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.layout import kept
from codeact_lsp.repair.memory.pattern import WIDE, changes, said
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.verify import Fix
from codeact_lsp.repair.writing import instead

_log = logging.getLogger(__name__)
_NAME = "memory"
# Before all rules: a person took just this for just such a failure.
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
        message = said(scene)
        fitting = 0
        for remembered in self._memory.like(scene.error.type, message):
            if fitting >= _MOST:
                return
            likely = _likely(remembered, message)
            for part, text in changes(remembered.pattern, scene):
                fitting += 1
                candidate = instead(scene, part, kept(scene.text(part), text), likely)
                yield replace(
                    candidate,
                    title=f"As before: {candidate.title[:1].lower()}{candidate.title[1:]}",
                    rule=f"{_NAME}:{remembered.number}",
                    says_less=True,
                )

    def tried(self, candidate: Candidate, fix: Fix | None) -> None:
        """Count a trial of what came from here: what keeps failing is forgotten in the end."""
        source, _, number = candidate.rule.partition(":")
        if source == _NAME:
            try:
                self._memory.tell(int(number), worked=fix is not None)
            except (sqlite3.Error, OSError) as error:
                _log.warning("a trial could not be remembered: %s", error)


def _likely(remembered: Remembered, message: str) -> float:
    """How sure that is."""
    if remembered.failed > remembered.worked + remembered.accepted:
        return POSSIBLE
    same = remembered.pattern.message == message
    if same and remembered.accepted:
        return _ACCEPTED
    if remembered.pattern.message.startswith(WIDE):
        return LIKELY - _MARGIN if remembered.pattern.message == f"{WIDE}{message}" else POSSIBLE
    return LIKELY
