"""From a parameter or a docstring section to the node that it names."""

from lsprotocol import types as lsp

from codeact_lsp.server.features.names import node_name_at
from codeact_lsp.server.session import Snapshot


def definition(snapshot: Snapshot, params: lsp.DefinitionParams) -> lsp.Location | None:
    """Where the node at a position is defined."""
    named = node_name_at(snapshot.plan, snapshot.offset(params.position))
    if named is None:
        return None
    target = snapshot.plan.nodes[named[0]]
    place = snapshot.range(target.span(target.node.name_span))
    return lsp.Location(uri=snapshot.uri, range=place)
