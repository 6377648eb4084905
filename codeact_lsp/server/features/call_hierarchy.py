"""The dependencies between nodes as a hierarchy of calls.

What a node consumes are its outgoing calls, the nodes that consume it are its incoming ones: a node
with a parameter `orders` stands where, in plain Python, a function that calls `orders()` would.
"""

from collections.abc import Iterator, Mapping

from lsprotocol import types as lsp

from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.source import Span
from codeact_lsp.server.features.names import node_name_at
from codeact_lsp.server.snapshot import Snapshot


def prepare(
    snapshot: Snapshot, params: lsp.CallHierarchyPrepareParams
) -> list[lsp.CallHierarchyItem] | None:
    """The node that is named at a position, as an item to ask about."""
    named = node_name_at(snapshot.plan, snapshot.offset(params.position))
    return [_item(snapshot, named[0])] if named and named[0] in snapshot.plan.nodes else None


def incoming(
    snapshot: Snapshot, params: lsp.CallHierarchyIncomingCallsParams
) -> list[lsp.CallHierarchyIncomingCall] | None:
    """The nodes that consume an item, with the places where they say so; None once it is gone."""
    name = _name(params.item)
    if name not in snapshot.plan.nodes:
        return None
    return [
        lsp.CallHierarchyIncomingCall(
            from_=_item(snapshot, consumer), from_ranges=_ranges(snapshot, consumer, name)
        )
        for consumer in snapshot.plan.graph.dependents(name)
    ]


def outgoing(
    snapshot: Snapshot, params: lsp.CallHierarchyOutgoingCallsParams
) -> list[lsp.CallHierarchyOutgoingCall] | None:
    """The nodes that an item consumes, with the places where it says so; None once it is gone."""
    name = _name(params.item)
    if name not in snapshot.plan.nodes:
        return None
    return [
        lsp.CallHierarchyOutgoingCall(
            to=_item(snapshot, consumed), from_ranges=_ranges(snapshot, name, consumed)
        )
        for consumed in snapshot.plan.graph.dependencies(name)
    ]


def _item(snapshot: Snapshot, name: str) -> lsp.CallHierarchyItem:
    definition = snapshot.plan.nodes[name]
    return lsp.CallHierarchyItem(
        name=name,
        kind=lsp.SymbolKind.Function,
        detail=definition.node.summary or None,
        uri=snapshot.uri,
        range=snapshot.range(definition.span(definition.node.span)),
        selection_range=snapshot.range(definition.span(definition.node.name_span)),
        data={"node": name},
    )


def _name(item: lsp.CallHierarchyItem) -> str:
    """The item's node. Names survive edits; ranges do not, and some clients drop the data."""
    node = item.data.get("node") if isinstance(item.data, Mapping) else None
    return node if isinstance(node, str) else item.name


def _ranges(snapshot: Snapshot, consumer: str, consumed: str) -> list[lsp.Range]:
    """Where in the definition of `consumer` it is said that it needs `consumed`."""
    definition = snapshot.plan.nodes[consumer]
    return [
        snapshot.range(definition.span(span))
        for name, span in _needs(definition.node)
        if name == consumed
    ]


def _needs(node: Node) -> Iterator[tuple[str, Span]]:
    yield from ((one.name, one.span) for one in node.parameters if not one.variadic)
    yield from ((reference.name, reference.span) for reference in node.directives.after)
    for wait in node.directives.waits:
        if wait.after:
            yield wait.after.name, wait.after.span
