"""The way out of a refusal: to grant the right that a node lacked, to this plan alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from lsprotocol import types as lsp

from codeact_lsp.engine.permissions.offers import is_asked, may_be_offered, offer
from codeact_lsp.engine.permissions.policies import gives
from codeact_lsp.engine.permissions.rights import needs, surroundings
from codeact_lsp.plan.corrections import Correction
from codeact_lsp.plan.docstrings.needs import Need
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.edits.ask import ask
from codeact_lsp.sandbox.protected import Surroundings
from codeact_lsp.server.commands import GRANT
from codeact_lsp.server.commands.requests import GrantRequest
from codeact_lsp.server.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Offer:
    """To grant a right: what has to be written for it, and what keeps it."""

    correction: Correction
    command: lsp.Command
    nodes: tuple[str, ...]


def offers(snapshot: Snapshot, failed: Iterable[str]) -> Iterator[Offer]:
    """What to offer for these nodes, each of which failed: a right a time, whoever lacks it."""
    consent = snapshot.consent
    if snapshot.path is None or snapshot.workspace is None:
        return
    around = surroundings(snapshot.path, snapshot.workspace)
    for need, nodes in _lacking(snapshot, failed, around).items():
        if not consent.permits(need.right):
            continue
        silent = [node for node in nodes if not is_asked(need, needs(snapshot.plan, node), around)]
        edits = [edit for node in silent if (edit := ask(snapshot.plan, node, need))]
        is_given = gives(consent, need, around.plan.parent)
        if len(edits) < len(silent) or (not edits and is_given):
            continue  # A right that a node cannot ask for is of no use to it; nor is one it has.
        yield _offer(snapshot, need, edits, nodes)


def _lacking(
    snapshot: Snapshot, failed: Iterable[str], around: Surroundings
) -> Mapping[Need, list[str]]:
    """The rights that would have helped or were asked for, with the nodes that lacked them."""
    lacking: dict[Need, list[str]] = {}
    for name in failed:
        error, asked = snapshot.seen[name].error, needs(snapshot.plan, name)
        refused = offer(error.denied, around) if error and error.denied else None
        # Without what it asked for, a node may fail in any way.
        wanted = {need: None for need in asked if may_be_offered(need, around)}
        if refused and not is_asked(refused, asked, around):
            wanted[refused] = None
        for need in wanted:
            lacking.setdefault(need, []).append(name)
    return lacking


def _offer(snapshot: Snapshot, need: Need, edits: list[TextEdit], nodes: list[str]) -> Offer:
    title = f"Allow '{need}' for this plan"
    request = asdict(GrantRequest(snapshot.uri, str(need)))
    return Offer(
        Correction(title, tuple(sorted(edits, key=lambda edit: edit.span.start))),
        lsp.Command(title=title, command=GRANT, arguments=[request]),
        tuple(nodes),
    )
