"""What a run would do, told without running anything: from the plan, the store and the history."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from codeact_lsp.engine.history.code_changes import CodeParts, changes, code_parts
from codeact_lsp.engine.history.estimates import Estimates
from codeact_lsp.engine.history.history import History
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.call_parts import name_of
from codeact_lsp.engine.reuse.foresight import foresee
from codeact_lsp.engine.reuse.reuse import decided_by_job
from codeact_lsp.engine.run.modes import Choice, choose_for
from codeact_lsp.engine.store import Hit, Miss, Store


class Fate(Enum):
    """What a run would do with a node."""

    REUSE = "reuse"
    RUN = "run"
    DEPENDS = "depends"  # On a value that is not there yet: if it comes out the same, it is reused.


@dataclass(frozen=True, slots=True)
class Prospect:
    """One node of a run to come.

    Attributes:
        why: Why it is reused, or why it is not.
        since: When the result that is reused was made, in seconds since the epoch.
        seconds: How long the node took the last time; None where that is not known.
        memory: The bytes that it used then.
        changed: What of its code is another than when it last ran, in words.
    """

    node: str
    fate: Fate
    why: str
    since: float | None = None
    seconds: float | None = None
    memory: int = 0
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """A run to come.

    Attributes:
        prospects: All nodes, in an order in which they could run.
        choice: How it would be run; its `seconds` count all that may have to run.
        memory: The bytes that the largest nodes need which may run at once.
    """

    prospects: tuple[Prospect, ...]
    choice: Choice
    memory: int

    @property
    def to_run(self) -> int:
        """How many nodes have to run, or may have to."""
        return sum(prospect.fate is not Fate.REUSE for prospect in self.prospects)


def forecast(job: Job, store: Store, history: History, interpreter: str) -> Forecast:
    """What a run of `job` would do now.

    It reads the index of the store once, and looks at the files that the results rest on.

    Args:
        job: The run.
        store: Where results are kept.
        history: What nodes took before.
        interpreter: The identity of the interpreter.
    """
    found = foresee(job, store, interpreter)
    estimates = Estimates(history.of_plan(job.file, job.plan.code_keys))
    reused = {node for node, answer in found.items() if isinstance(answer, Hit)}
    choice, _ = choose_for(job, estimates, reused)
    prospects = _Prospects(job, found, estimates, history, store)
    sizes = sorted(estimates.memory(node) for node in job.nodes if node not in reused)
    return Forecast(
        prospects=tuple(map(prospects.of, job.nodes)),
        choice=choice,
        memory=sum(sizes[-choice.workers :]),
    )


class _Prospects:
    def __init__(
        self,
        job: Job,
        found: dict[str, Hit | Miss],
        estimates: Estimates,
        history: History,
        store: Store,
    ) -> None:
        self._job = job
        self._found = found
        self._records = estimates.records
        self._history = history
        self._store = store

    def of(self, node: str) -> Prospect:
        answer = self._found.get(node) or decided_by_job(self._job, node)
        record = self._records.get(node)
        reused = isinstance(answer, Hit)
        return Prospect(
            node=node,
            fate=Fate.REUSE if reused else Fate.RUN if answer else Fate.DEPENDS,
            why=answer.why if answer else self._held(node),
            since=answer.made or None if isinstance(answer, Hit) else None,
            seconds=record.wall if record else None,
            memory=record.memory if record else 0,
            changed=() if reused else self._changed(node),
        )

    @cached_property
    def _code(self) -> Mapping[str, CodeParts]:
        return self._history.code(self._job.file)

    def _held(self, node: str) -> str:
        before = self._job.plan.graph.dependencies(node)
        held = [name for name in before if not isinstance(self._found.get(name), Hit)]
        if not held:
            return "the store of results did not answer"
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        return f"it depends on '{held[0]}'{more}"

    def _changed(self, node: str) -> tuple[str, ...]:
        """What of the node's code is another than when it last ran, if that is why it runs."""
        record, key = self._records.get(node), self._job.plan.code_keys[node]
        if record is None or record.key == key:
            return ()
        stored = self._store.codes(name_of(self._job.file), node)
        # An edit that was taken back is no reason: there is a result of just this code.
        if key in stored or (stored and stored[0] != record.key):
            return ()
        before = self._code.get(node)
        return changes(node, before, code_parts(self._job.plan, node)) if before else ()
