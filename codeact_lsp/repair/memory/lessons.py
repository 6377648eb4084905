"""Learns from what people do: a node that failed, and works in the next run after a change."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.pattern import Pattern, learnt
from codeact_lsp.repair.memory.reached import reached

_log = logging.getLogger(__name__)
_MOST_FAILURES = 200


class Lessons:
    """The failures that nobody has mended yet, and what is learnt when somebody has."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._failures: dict[tuple[Path, str], tuple[Plan, CodeError]] = {}

    def after(
        self, file: Path, plan: Plan, worked: Iterable[str], failed: Iterable[CodeError]
    ) -> None:
        """Take a run to heart.

        Args:
            file: The plan's path.
            plan: The plan that ran.
            worked: The nodes that have a value now.
            failed: What happened to the others.
        """
        for node in worked:
            self.worked(file, plan, node)
        for error in failed:
            self.failed(file, plan, error)

    def failed(self, file: Path, plan: Plan, error: CodeError) -> None:
        """Note a failure of a node; the last one counts.

        Args:
            file: The plan's path.
            plan: The plan that ran.
            error: What happened.
        """
        self._failures.pop((file, error.node), None)
        self._failures[file, error.node] = plan, error
        while len(self._failures) > _MOST_FAILURES:
            del self._failures[next(iter(self._failures))]

    def worked(self, file: Path, plan: Plan, node: str) -> None:
        """Learn from the change since a node failed, if it did; a memory that is full does not.

        Args:
            file: The plan's path.
            plan: The plan that ran.
            node: The node that has a value now.
        """
        before = self._failures.pop((file, node), None)
        patterns = list(_patterns(*before, plan)) if before else []
        if patterns:
            try:
                self._memory.learn(patterns)
            except (sqlite3.Error, OSError) as error:
                _log.warning("a repair could not be remembered: %s", error)


def _patterns(before: Plan, error: CodeError, after: Plan) -> Iterator[Pattern]:
    """What was changed where it failed; if nothing was, where the bad value may have come from."""
    for scene in reached(before, error):
        patterns = list(learnt(scene, after))
        if patterns:
            yield from patterns
            return
