"""What only a compiler sees is told of a little later, and ends up the same."""

from pathlib import Path
from typing import Any

from tests.server.pair import Wire, wired

URI = "untitled:one"
REFUSED = "def a(): return 1\n\ndef b(a, a): return a\n"
PULLS = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


async def published(wire: Wire) -> tuple[str, list[str]]:
    """Of what plan the next diagnostics are that are pushed, and their codes."""
    params = (await wire.asked("textDocument/publishDiagnostics"))["params"]
    return params["uri"], [each["code"] for each in params["diagnostics"]]


async def nodes(wire: Wire) -> list[str]:
    found: list[dict[str, Any]] = await wire.ask("workspace/symbol", {"query": ""})
    return [each["name"] for each in found]


async def test_the_first_diagnostics_do_not_wait_for_the_compiler() -> None:
    async with wired() as wire:
        wire.open(URI, REFUSED)
        assert "syntax" not in (await published(wire))[1]
        assert await published(wire) == (URI, ["syntax"])


async def test_nothing_is_pushed_again_where_python_refuses_nothing() -> None:
    async with wired() as wire:
        wire.open("untitled:sound", "def a(): return 1\n")
        wire.open("untitled:refused", REFUSED)
        told = [await published(wire) for _ in range(3)]
        assert [uri for uri, _ in told] == [
            "untitled:sound",
            "untitled:refused",
            "untitled:refused",
        ]


async def test_who_asks_is_told_of_what_is_compiled() -> None:
    async with wired() as wire:
        wire.open(URI, REFUSED)
        assert await nodes(wire) == ["a"]
    async with wired(capabilities=PULLS) as wire:
        wire.open(URI, REFUSED)
        params = {"textDocument": {"uri": URI}}
        report = await wire.ask("textDocument/diagnostic", params)
        assert [each["code"] for each in report["items"]] == ["syntax"]


async def test_an_edit_may_come_before_the_compiler() -> None:
    async with wired() as wire:
        wire.open(URI, REFUSED)
        wire.change(URI, f"{REFUSED}\ndef c(d): return d\n", 2)
        told = [await published(wire) for _ in range(3)]
        assert told[-1][1] == ["syntax", "missing-input"]
        wire.change(URI, REFUSED.replace("a, a", "a"), 3)
        assert await published(wire) == (URI, [])


async def test_of_a_plan_that_is_closed_before_nothing_more_is_said(tmp_path: Path) -> None:
    async with wired(folder=tmp_path) as wire:
        uri = (tmp_path / "one.plan.py").as_uri()
        wire.open(uri, REFUSED)
        wire.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        wire.open(URI, REFUSED)
        told = [await published(wire) for _ in range(4)]
        assert [each for each, codes in told if "syntax" in codes] == [URI]
