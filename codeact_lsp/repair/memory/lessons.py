"""Learns from what people do: a node that failed, and works in the next run after a change."""

import ast
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan
from codeact_lsp.repair.memory.answers import answer, changed
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.pattern import Pattern, learnt
from codeact_lsp.repair.memory.reached import reached, same
from codeact_lsp.repair.verify import Fix

_log = logging.getLogger(__name__)
_MOST_FAILURES = 200
_MOST_ATTEMPTS = 4
_JUDGED = frozenset({"memory", "memory-further"})


@dataclass(frozen=True)
class _Failed:
    """How a node failed, and what was offered then."""

    plan: Plan
    error: CodeError
    offers: Sequence[Fix] = ()


class Lessons:
    """The failures that nobody has mended yet, and what is learnt when somebody has."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        # Of each node the way from how it failed first to how it failed last.
        self._failures: dict[tuple[Path, str], tuple[_Failed, ...]] = {}

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
        """Note a failure of a node; of one that failed with the same text before, the last counts.

        Args:
            file: The plan's path.
            plan: The plan that ran.
            error: What happened.
        """
        before = self._failures.pop((file, error.node), ())
        others = [each for each in before if each.plan.source.text != plan.source.text]
        self._failures[file, error.node] = (*others[-_MOST_ATTEMPTS:], _Failed(plan, error))
        while len(self._failures) > _MOST_FAILURES:
            del self._failures[next(iter(self._failures))]

    def offered(self, file: Path, node: str, fixes: Sequence[Fix]) -> None:
        """Note what was offered for the last failure of a node."""
        if known := self._failures.get((file, node)):
            self._failures[file, node] = (*known[:-1], replace(known[-1], offers=tuple(fixes)))

    def worked(self, file: Path, plan: Plan, node: str) -> None:
        """Learn from the changes since a node failed, if it did; a memory that is full does not.

        Args:
            file: The plan's path.
            plan: The plan that ran.
            node: The node that has a value now.
        """
        if known := self._failures.pop((file, node), ()):
            try:
                self._learn(known, plan)
            except (sqlite3.Error, OSError) as error:
                _log.warning("a repair could not be remembered: %s", error)

    def _learn(self, known: Sequence[_Failed], plan: Plan) -> None:
        patterns = list[Pattern]()
        for at, each in enumerate(known):
            patterns += _patterns(each.plan, each.error, plan)
            # What led on to another failure has mended this one.
            further = known[at + 1] if at + 1 < len(known) else None
            if further and not _is_alike(further.error, each.error):
                patterns += _patterns(each.plan, each.error, further.plan)
        for each in known:
            if found := answer(each.plan, each.error, plan, self._memory.marks):
                self._memory.answers.learn(found)
            self._judge(each, plan)
        if patterns:
            self._memory.learn(dict.fromkeys(patterns))

    def _judge(self, failed: _Failed, plan: Plan) -> None:
        """Tell the lessons that were offered whether a person has made the same change."""
        for fix in failed.offers:
            source, _, number = fix.rule.partition(":")
            if source in _JUDGED and number.isdecimal():
                made = failed.plan.edited(fix.edit.span, fix.edit.new)
                self._memory.judge(int(number), taken=_says_the_same(failed, made, plan))


def _is_alike(one: CodeError, other: CodeError) -> bool:
    return (one.type, one.message) == (other.type, other.message)


def _says_the_same(failed: _Failed, one: Plan, other: Plan) -> bool:
    """Whether a piece that was offered reads as what has become of it."""
    old, new = changed(failed.plan, failed.error, one)
    if old is None or new is None:
        return one.source.text == other.source.text
    now = same(old, other)
    return now is not None and ast.dump(now.tree) == ast.dump(new.tree)


def _patterns(before: Plan, error: CodeError, after: Plan) -> Iterator[Pattern]:
    """What was changed where it failed; if nothing was, where the bad value may have come from."""
    for scene in reached(before, error):
        patterns = list(learnt(scene, after))
        if patterns:
            yield from patterns
            return
