"""A first look at all of a large plan leaves room for what is asked for meanwhile."""

from benchmarks.corpus import plan_text
from tests.server.pair import Wire, wired

URI = "file:///large.plan.py"
DOCUMENT = {"textDocument": {"uri": URI}}
HOVER = {**DOCUMENT, "position": {"line": 0, "character": 0}}


async def answers(wire: Wire, count: int) -> dict[int, dict[str, object]]:
    """The next responses, by id, in the order in which they come."""
    found: dict[int, dict[str, object]] = {}
    while len(found) < count:
        message = await wire.receive()
        if "id" in message and "method" not in message:
            found[message["id"]] = message
    return found


async def test_a_hover_does_not_wait_for_the_tokens_of_the_whole() -> None:
    async with wired() as wire:
        wire.open(URI, plan_text(300))
        wire.send(jsonrpc="2.0", id=7, method="textDocument/semanticTokens/full", params=DOCUMENT)
        wire.send(jsonrpc="2.0", id=8, method="textDocument/hover", params=HOVER)
        found = await answers(wire, 2)
        assert list(found) == [8, 7]
        assert "result" in found[7]


async def test_tokens_of_a_text_that_is_edited_meanwhile_are_not_sent() -> None:
    async with wired() as wire:
        wire.open(URI, plan_text(300))
        wire.send(jsonrpc="2.0", id=7, method="textDocument/foldingRange", params=DOCUMENT)
        wire.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": URI, "version": 2},
                "contentChanges": [{"text": plan_text(299)}],
            },
        )
        found = await answers(wire, 1)
        assert found[7]["error"] == {"code": -32801, "message": "The plan was edited meanwhile."}
