"""Candidates from memory: what mended failures like this one before, fitted to this one."""

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate
from codeact_lsp.repair.memory.database import Memory, Remembered
from codeact_lsp.repair.memory.layout import kept
from codeact_lsp.repair.memory.pattern import changes, said
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.verify import Fix
from codeact_lsp.repair.writing import instead

_log = logging.getLogger(__name__)
_NAME = "memory"
# Before all rules: a person took just this for just such a failure.
_ACCEPTED = 1.0


class Recall:
    """A memory, as a source of candidates that hears what becomes of them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def candidates(self, scene: Scene) -> Iterator[Candidate]:
        """What memory has to propose for a failure, the most proven first."""
        message = said(scene)
        for remembered in self._memory.like(scene.error.type, message):
            likely = _likely(remembered, message)
            for part, text in changes(remembered.pattern, scene):
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
    return _ACCEPTED if same and remembered.accepted else LIKELY
