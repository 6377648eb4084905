"""Which results of earlier runs a job can take, and why not the others."""

from collections.abc import Iterable, Mapping

from codeact_lsp.engine.job import Job
from codeact_lsp.engine.reuse.effects import weighed
from codeact_lsp.engine.store import Hit, Miss, Store
from codeact_lsp.engine.values import Result

_OFF = "its docstring says Cache: off"
_UNWANTED = "results are not to be reused"
_DEBUGGED = "it is debugged"
ON_PURPOSE = frozenset({_OFF, _UNWANTED, _DEBUGGED})
"""Why a node runs anew because somebody wanted it to."""


def look_up(
    job: Job, store: Store, interpreter: str, nodes: Iterable[str], results: Mapping[str, Result]
) -> dict[str, Hit | Miss]:
    """What the store holds of some nodes; what they depend on is in `results`."""
    decided = {node: decided_by_job(job, node) for node in nodes}
    asked = [node for node, found in decided.items() if found is None]
    calls = [job.call_on(node, results, interpreter) for node in asked]
    answers = dict(zip(asked, store.look_up_many(calls), strict=True))
    return {node: found or accepted(job, node, answers[node]) for node, found in decided.items()}


def decided_by_job(job: Job, node: str) -> Hit | Miss | None:
    """The answer that a job itself gives for a node; None leaves it to the store."""
    if node in job.given:
        return Hit(job.given[node])
    if job.debugger_of(node):
        return Miss(_DEBUGGED)
    if job.plan.table.nodes[node].directives.cache is False:
        return Miss(_OFF)
    if not job.reuse:
        return Miss(_UNWANTED)
    return None


def accepted(job: Job, node: str, found: Hit | Miss) -> Hit | Miss:
    """What the store holds, unless what the node did besides is against taking it."""
    return weighed(found, cache=job.plan.table.nodes[node].directives.cache)
