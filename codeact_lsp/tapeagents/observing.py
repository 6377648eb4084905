"""What came of a run or a search, as observations."""

from collections.abc import Iterator

from codeact_lsp.engine import events
from codeact_lsp.plan import Encoding, Plan
from codeact_lsp.tapeagents.bench import Found, Ran
from codeact_lsp.tapeagents.steps import NodeEnded, RepairFound, RepairWanted, RunEnded


def ended(ran: Ran) -> list[NodeEnded | RunEnded]:
    """What became of each node, in the order of the plan and not of the clock, and of the run."""
    if ran.problems:
        return [RunEnded(status="refused", problems=list(ran.problems))]
    order = {name: at for at, name in enumerate(ran.plan.graph.order)}
    nodes = sorted(_nodes(ran), key=lambda each: order[each.node])
    last = next(each for each in reversed(ran.events) if isinstance(each, events.RunFinished))
    return [*nodes, RunEnded(status=last.status, problems=[last.message] if last.message else [])]


def found(node: str, search: Found) -> RepairFound | RepairWanted:
    """A repair that is sure, or the question that is left."""
    fix = search.fix
    # What a trial took is left out: it is never the same twice.
    repair = {"text": search.text, "by": _by(fix.rule), "title": fix.label} if fix else {}
    if fix and not search.messages:
        return RepairFound(node=node, **repair)
    messages = [{"role": each.role, "content": each.content} for each in search.messages]
    return RepairWanted(node=node, messages=messages, said=list(search.said), **repair)


def _nodes(ran: Ran) -> Iterator[NodeEnded]:
    for event in ran.events:
        match event:
            case events.NodeSucceeded() | events.NodeCached():
                shown, digest = event.result.preview, event.result.blob.digest
                value = f"{shown.line} = {shown.text}"
                yield NodeEnded(node=event.node, status="done", value=value, digest=digest)
            case events.NodeFailed(node=node, error=error):
                place = _place(ran.plan, (error.focus or error.span).start)
                yield NodeEnded(node=node, status="failed", error=error.headline, place=place)
            case events.NodeBlocked(node=node, by=by):
                yield NodeEnded(node=node, status="blocked", by=list(by))
            case events.NodeCancelled(node=node):
                yield NodeEnded(node=node, status="cancelled")
            case _:
                pass


def _place(plan: Plan, offset: int) -> str:
    position = plan.source.position(offset, Encoding.CODE_POINTS)
    return f"{position.line + 1}:{position.character + 1}"


def _by(rule: str) -> str:
    source = rule.partition(":")[0]
    return source if source in {"memory", "model"} else "rule"
