"""The nodes of all plans of the workspace, by a part of their name."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from codeact_lsp.server.plan_files import symbols_of

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

# More than anybody reads; who wants less types more.
MOST_SHOWN = 500


async def workspace_symbols(
    server: "PlanServer", params: lsp.WorkspaceSymbolParams
) -> list[lsp.WorkspaceSymbol]:
    """The nodes whose names hold the letters of the query in this order, the nearest first."""
    found = []
    async for uri, plan, symbols in _plans(server):
        for name, place in symbols:
            rank = rank_of(name, params.query)
            if rank is not None:
                found.append((rank, name, uri, plan, place))
    found.sort(key=lambda each: each[:3])
    lazy = server.session.client.resolves_symbols
    return [_symbol(*each[1:], lazy=lazy) for each in found[:MOST_SHOWN]]


async def resolve(server: "PlanServer", symbol: lsp.WorkspaceSymbol) -> lsp.WorkspaceSymbol:
    """The symbol with its place; as it came, if its node has gone meanwhile."""
    async for uri, _plan, symbols in _plans(server):
        place = dict(symbols).get(symbol.name) if uri == symbol.location.uri else None
        if place is not None:
            symbol.location = lsp.Location(uri=uri, range=place)
            break
    return symbol


async def _plans(
    server: "PlanServer",
) -> AsyncIterator[tuple[str, str, Iterable[tuple[str, lsp.Range]]]]:
    """The address, the name and the nodes of each plan: those on the screen, then those on disk."""
    for opened in list(server.session.plans.values()):
        await asyncio.sleep(0)  # Typing goes first, and a cancel gets through.
        if snapshot := server.session.snapshot(opened.uri):
            name = snapshot.path.name if snapshot.path else snapshot.uri
            yield snapshot.uri, name, symbols_of(snapshot)
    async for closed in server.files.closed():
        yield closed.uri, closed.name, closed.symbols


def _symbol(name: str, uri: str, plan: str, place: lsp.Range, *, lazy: bool) -> lsp.WorkspaceSymbol:
    where: Any = lsp.LocationUriOnly(uri=uri) if lazy else lsp.Location(uri=uri, range=place)
    return lsp.WorkspaceSymbol(
        name=name, kind=lsp.SymbolKind.Function, location=where, container_name=plan
    )


def rank_of(name: str, query: str) -> tuple[int, int] | None:
    """How near a name is to a query, the lowest the nearest; None if it lacks a letter of it.

    The name itself, then names that begin with it, that hold it, whose words begin with its
    letters, and at last those that hold its letters somewhere; the shorter ones first.
    """
    name, query = name.lower(), query.lower().replace(" ", "")
    if name == query:
        return 0, 0
    if name.startswith(query):
        return 1, len(name)
    if query in name:
        return 2, len(name)
    if _in_order(query, "".join(word[:1] for word in name.split("_"))):
        return 3, len(name)
    return (4, len(name)) if _in_order(query, name) else None


def _in_order(query: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query)
