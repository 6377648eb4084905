"""What is sent follows from what the client announces."""

from typing import Any

import pytest

from tests.server.pair import wired

pytestmark = pytest.mark.asyncio(loop_scope="module")

CYCLE = "def a(b): return b\ndef b(a, spare=1): return a\n"
ALL = {
    "versionSupport": True,
    "relatedInformation": True,
    "codeDescriptionSupport": True,
    "dataSupport": True,
    "tagSupport": {"valueSet": [1, 2]},
}
BARE = {"range", "message", "severity", "code", "source"}


async def pushed(capabilities: dict[str, Any]) -> dict[str, Any]:
    async with wired(capabilities=capabilities) as wire:
        wire.open("untitled:one", CYCLE, 7)
        said: dict[str, Any] = (await wire.asked("textDocument/publishDiagnostics"))["params"]
        return said


async def test_a_client_that_announces_nothing_gets_bare_diagnostics() -> None:
    said = await pushed({})
    assert said.keys() == {"uri", "diagnostics"}
    assert all(found.keys() == BARE for found in said["diagnostics"])


async def test_a_client_that_shows_everything_gets_everything() -> None:
    said = await pushed({"textDocument": {"publishDiagnostics": ALL}})
    assert said["version"] == 7
    found = {each["code"]: each for each in said["diagnostics"]}
    assert found["cycle"]["relatedInformation"]
    assert found["cycle"]["codeDescription"]["href"].endswith("#cycle")
    assert found["unused-input"]["tags"] == [1]
    assert found["unused-input"]["data"]["node"] == "b"


async def test_tags_that_the_client_does_not_know_are_left_out() -> None:
    deprecated = {"publishDiagnostics": {"tagSupport": {"valueSet": [2]}}}
    said = await pushed({"textDocument": deprecated})
    assert not any("tags" in found for found in said["diagnostics"])


@pytest.mark.parametrize(
    "announced",
    [{"diagnostic": {"relatedInformation": True}}, {"diagnostic": {}, "publishDiagnostics": ALL}],
    ids=["3.18", "3.17"],
)
async def test_of_what_is_pulled_too(announced: dict[str, Any]) -> None:
    """Before 3.18 a client could tell its parts under `publishDiagnostics` alone."""
    async with wired(capabilities={"textDocument": announced}) as wire:
        wire.open("untitled:one", CYCLE)
        params = {"textDocument": {"uri": "untitled:one"}}
        report = await wire.ask("textDocument/diagnostic", params)
        found = {each["code"]: each for each in report["items"]}
        assert found["cycle"]["relatedInformation"]
        assert ("codeDescription" in found["cycle"]) == ("publishDiagnostics" in announced)
