"""What the store holds of all nodes of a plan, asked at once, before anything runs.

What was found is remembered with what was read of the store. Of a plan that is run again, with
nothing changed in the store, only the files are looked at: those of the values, and those that the
nodes read.
"""

import json
import math
import sqlite3
import time
from weakref import ref

from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.call_parts import name_of
from codeact_lsp.engine.reuse.reuse import accepted, decided_by_job
from codeact_lsp.engine.store import Hit, Miss, Store
from codeact_lsp.engine.store.lookup import Recall
from codeact_lsp.engine.values import Result


def foresee(
    job: Job, store: Store, interpreter: str, seconds: float = math.inf
) -> dict[str, Hit | Miss]:
    """What the store holds of each node whose dependencies it all holds.

    Args:
        job: What would be run.
        store: Where to look.
        interpreter: The identity of the interpreter.
        seconds: After which to stop: files may have to be read, and a run should begin.
    """
    deadline = time.monotonic() + seconds
    try:
        found = _Foresight(job, store.recall(name_of(job.file)), interpreter).found(deadline)
    except sqlite3.Error:
        return {}  # Whoever looks a node up by itself is told.
    answers = [*found.values(), *map(Hit, job.given.values())]
    return found if store.held(answers) == answers else {}  # Some value was removed meanwhile.


class _Foresight:
    def __init__(self, job: Job, recall: Recall, interpreter: str) -> None:
        self._job = job
        self._recall = recall
        self._interpreter = interpreter
        # A trial is about values that the store need not hold; what is debugged is not reused.
        is_like_no_other = job.given or job.debugger
        self._question = None if is_like_no_other else _Question(job, interpreter)
        self._learnt = recall.learnt(self._question) if self._question else {}
        self._results: dict[str, Result] = {}

    def found(self, deadline: float) -> dict[str, Hit | Miss]:
        nodes = self._job.plan.table.nodes
        found: dict[str, Hit | Miss] = {}
        lacking = set(nodes).difference(self._job.nodes)
        for node in self._job.nodes:
            if time.monotonic() > deadline:
                break
            if lacking.isdisjoint(nodes[node].links.ordering):
                found[node] = answer = self._remembered(node) or self._asked(node)
                if isinstance(answer, Hit):
                    self._results[node] = answer.result
                    continue
            lacking.add(node)
        if self._question:
            hits = {node: answer for node, answer in found.items() if isinstance(answer, Hit)}
            self._recall.learn(self._question, hits)
        return found

    def _remembered(self, node: str) -> Hit | None:
        hit = self._learnt.get(node)
        if hit is None or self._recall.holds(hit):
            return hit
        self._learnt = {}  # What was made of this value is to be made of another one.
        return None

    def _asked(self, node: str) -> Hit | Miss:
        if decided := decided_by_job(self._job, node):
            return decided
        call = self._job.call_on(node, self._results, self._interpreter)
        return accepted(self._job, node, self._recall.look_up(call))


class _Question:
    """All that the hits of a plan depend on beside the store, so that they need not be sought anew.

    It is about one plan, not about all that read the same: to tell would take as long.
    """

    def __init__(self, job: Job, interpreter: str) -> None:
        self._plan = ref(job.plan)  # Whoever has it open keeps it, and nobody else should.
        inputs = json.dumps(job.inputs, sort_keys=True)  # Where 1 and True are two values.
        self._others = job.nodes, inputs, job.rights, job.reuse, interpreter

    def __eq__(self, other: object) -> bool:
        """Whether it has the same answer."""
        if not isinstance(other, _Question) or self._others != other._others:
            return False
        return (plan := self._plan()) is not None and plan is other._plan()

    __hash__ = None  # type: ignore[assignment]  # It is compared, and is no key.
