"""Nodes of all plans, open or on disk, found by a part of their name."""

from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.server.features.workspace_symbols import MOST_SHOWN, rank_of
from tests.server.pair import Wire, wired

pytestmark = pytest.mark.asyncio(loop_scope="module")

LAZY = {"workspace": {"symbol": {"resolveSupport": {"properties": ["location.range"]}}}}


async def find(wire: Wire, query: str) -> list[str]:
    found = await wire.ask("workspace/symbol", {"query": query})
    return [f"{symbol['name']} in {symbol['containerName']}" for symbol in found]


def write(folder: Path, name: str, *nodes: str) -> str:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"def {node}(): return 1\n" for node in nodes), encoding="utf-8")
    return path.as_uri()


async def test_nodes_are_found_on_disk_and_on_the_screen_which_goes_before(tmp_path: Path) -> None:
    write(tmp_path, "disk.plan.py", "orders", "_private")
    opened = write(tmp_path, "both.plan.py", "orders_as_saved")
    async with wired(folder=tmp_path) as wire:
        wire.open(opened, "def orders_as_typed(): return 1\n")
        wire.open("untitled:Untitled-1", "def new_orders(): return 1\n")
        assert await find(wire, "orders") == [
            "orders in disk.plan.py",
            "orders_as_typed in both.plan.py",
            "new_orders in untitled:Untitled-1",
        ]
        assert len(await find(wire, "")) == 3
        assert await find(wire, "nothing of this kind") == []


async def test_globs_of_the_settings_count_as_plans(tmp_path: Path) -> None:
    write(tmp_path, "flows/etl.py", "extract")
    async with wired(folder=tmp_path, options={"plans": ["flows/*.py"]}) as wire:
        assert await find(wire, "extr") == ["extract in etl.py"]


async def test_a_node_stands_at_its_name(tmp_path: Path) -> None:
    uri = write(tmp_path, "a.plan.py", "first", "second")
    async with wired(folder=tmp_path) as wire:
        (symbol,) = await wire.ask("workspace/symbol", {"query": "second"})
    assert symbol["location"] == {"uri": uri, "range": name_at(1, 4, 10)}


async def test_places_are_resolved_where_the_client_asks_for_them_later(tmp_path: Path) -> None:
    uri = write(tmp_path, "a.plan.py", "first", "second")
    async with wired(capabilities=LAZY, folder=tmp_path) as wire:
        assert wire.begun["capabilities"]["workspaceSymbolProvider"] == {"resolveProvider": True}
        (symbol,) = await wire.ask("workspace/symbol", {"query": "second"})
        assert symbol["location"] == {"uri": uri}
        resolved = await wire.ask("workspaceSymbol/resolve", symbol)
        assert resolved["location"]["range"] == name_at(1, 4, 10)
        wire.open(uri, "def gone(): return 1\n")
        assert await wire.ask("workspaceSymbol/resolve", symbol) == symbol


def name_at(line: int, start: int, end: int) -> dict[str, Any]:
    return {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": end},
    }


async def test_the_list_is_bounded(tmp_path: Path) -> None:
    write(tmp_path, "a.plan.py", *(f"node_{n}" for n in range(MOST_SHOWN + 10)))
    async with wired(folder=tmp_path) as wire:
        assert len(await find(wire, "node")) == MOST_SHOWN


async def test_the_nearest_names_come_first() -> None:
    names = ["growth_total", "total", "totals", "to_tea_all", "growth", "tottering"]
    ranked = sorted((rank, name) for name in names if (rank := rank_of(name, "Total")) is not None)
    assert [name for _, name in ranked] == ["total", "totals", "growth_total", "to_tea_all"]
    assert rank_of("monthly_sales_report", "msr") == (3, 20)


async def test_a_cancel_gets_through_while_files_are_read(tmp_path: Path) -> None:
    for number in range(50):
        write(tmp_path, f"{number}.plan.py", *(f"node_{n}" for n in range(50)))
    async with wired(folder=tmp_path) as wire:
        wire.tell("workspace/symbol", {"query": ""}, id=1)
        wire.tell("$/cancelRequest", {"id": 1})
        answer = await wire.receive()
        assert (answer["id"], answer["error"]["code"]) == (1, -32800)
