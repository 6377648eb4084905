"""Which nodes of a run are fused: cheap ones in a row, that one process runs one after the other.

A process of its own costs a cheap node many times what it computes. What nodes are owed by having
one, fused ones have as well: they are plain code (`plain_code`), which leaves nothing behind. A
node whose docstring asks for anything of a process (its time, its memory, another attempt), or not
to be reused, is left alone.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from codeact_lsp.engine.executors.protocol import MOST_CHAIN_SECONDS
from codeact_lsp.engine.history.estimates import Estimates
from codeact_lsp.engine.job import Job
from codeact_lsp.engine.run.plain_code import is_plain

Chain = tuple[str, ...]

# Of processor time: most of that is its process's. What takes longer gains little by being fused.
_CHEAP_SECONDS = 0.05
# Their results are told of together, so they should not be long in coming; and each of them needs a
# descriptor at the same time.
_MOST_LINKS = 32


def chains(job: Job, estimates: Estimates, reused: AbstractSet[str]) -> tuple[Chain, ...]:
    """The chains of a run.

    Args:
        job: What to run.
        estimates: What its nodes took before.
        reused: The nodes whose results are there already.
    """
    if job.lines:  # They are noted by what watches a whole process.
        return ()
    if job.timeout is not None and job.timeout < MOST_CHAIN_SECONDS:
        return ()  # Nothing would keep a single node of a chain to it.
    follower = _followers(job, reused)
    fusible = follower.keys() | set(follower.values())
    fusible = {name for name in fusible if _is_cheap(name, estimates) and _asks_nothing(job, name)}
    fusible = {name for name in fusible if is_plain(job.plan.program(name))}
    follower = {a: b for a, b in follower.items() if a in fusible and b in fusible}
    behind = set(follower.values())
    firsts = [name for name in follower if name not in behind]
    return tuple(chain for first in firsts for chain in _cut(first, follower))


def _followers(job: Job, reused: AbstractSet[str]) -> dict[str, str]:
    """Of each node that only one other waits for, and that waits for no more than it: that one."""
    waiting = [name for name in job.nodes if name not in reused]
    before = {name: set(job.plan.graph.dependencies(name)) & set(waiting) for name in waiting}
    after: dict[str, list[str]] = {}
    for name, others in before.items():
        for other in others:
            after.setdefault(other, []).append(name)
    return {
        other: names[0]
        for other, names in after.items()
        if len(names) == 1 and len(before[names[0]]) == 1
    }


def _cut(first: str, follower: Mapping[str, str]) -> list[Chain]:
    links = [first]
    while (last := links[-1]) in follower:
        links.append(follower[last])
    cut = [tuple(links[at : at + _MOST_LINKS]) for at in range(0, len(links), _MOST_LINKS)]
    return [chain for chain in cut if len(chain) > 1]


def _is_cheap(name: str, estimates: Estimates) -> bool:
    record = estimates.records.get(name)
    return record is not None and record.cpu < _CHEAP_SECONDS


def _asks_nothing(job: Job, name: str) -> bool:
    asked = job.plan.table.nodes[name].directives
    limits = (asked.uses, asked.waits, asked.timeout, asked.retries, asked.memory, asked.needs)
    return not any(limits) and asked.cache is not False and not job.debugger_of(name)
