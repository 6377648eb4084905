"""The nodes of a plan as an outline."""

from lsprotocol import types as lsp

from codeact_lsp.server.session import Snapshot


def document_symbols(
    snapshot: Snapshot, _params: lsp.DocumentSymbolParams
) -> list[lsp.DocumentSymbol]:
    """One symbol a node, with what it needs."""
    symbols: list[lsp.DocumentSymbol] = []
    for definition in snapshot.plan.definitions:
        node = definition.node
        needs = snapshot.plan.graph.dependencies(node.name)
        symbols.append(
            lsp.DocumentSymbol(
                name=node.name,
                detail=f"← {', '.join(needs)}" if needs else "",
                kind=lsp.SymbolKind.Function,
                range=snapshot.range(definition.span(node.span)),
                selection_range=snapshot.range(definition.span(node.name_span)),
            )
        )
    return symbols
