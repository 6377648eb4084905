"""Payloads that an editor's server runs: nothing of what they did or said steers the editor."""

import os
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.sandbox.attacks.world import LASTING, World
from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

# What steers a terminal, or turns the direction of text.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"(?<!`)\[[^\]]*\]\((?:command|javascript|file):")
_TEXT = r"\x1b]0;forged\x07\x9b31m\u202e\n```\n[run](command:forged)<img src=x onerror=forged>"
# What a server tells an editor to do; a payload may not.
_FORGED = 'Content-Length: 99\\r\\n\\r\\n{"jsonrpc":"2.0","method":"window/showMessage"}'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def attacked() -> AsyncIterator[tuple[World, Editor]]:
    """A world, and an editor in its workspace."""
    world = World.make(os.getuid(), LASTING)
    async with connected(world.workspace, options={"sandbox": {"level": "strict"}}) as editor:
        yield world, editor
    world.remove()


async def test_nothing_that_an_editor_is_told_holds_a_secret(
    attacked: tuple[World, Editor],
) -> None:
    world, editor = attacked
    outside, secret = world.inputs["outside"], f"{world.workspace}/.env"
    plan = editor.open(
        f"""
        def outside(): return open({outside!r}).read()
        def secret(): return open({secret!r}).read()
        def sound(): return "sound"
        """
    )
    assert await plan.run() == "failed"
    assert len(await plan.diagnostics()) == 2
    told = [await plan.hover(f"def {name}"[:-1] + f"¦{name[-1]}") for name in ("outside", "secret")]
    said = f"{editor.events} {editor.published} {editor.messages} {told}"
    assert [name for name, canary in world.canaries.items() if canary in said] == []


@pytest.mark.parametrize("how", ["return {}", "raise ValueError({})", "print({})", "return [{}]"])
async def test_text_of_a_node_steers_neither_markup_nor_a_terminal(
    attacked: tuple[World, Editor], how: str
) -> None:
    _, editor = attacked
    statement = how.format(f'"{_TEXT}"')
    plan = editor.open(f"def speaks():\n    {statement}\n")
    await plan.run()
    card = await plan.hover("def spea¦ks")
    messages = [found.message for found in await plan.diagnostics()]
    assert _LINK.search(_outside_of_code(card)) is None
    shown = (card, *messages, *await plan.hints())
    assert [text for text in shown if _STEERING.search(text.replace("\n", ""))] == []


async def test_what_a_node_writes_is_no_message_of_the_server(
    attacked: tuple[World, Editor],
) -> None:
    _, editor = attacked
    plan = editor.open(
        f"""
        import os

        def forges():
            for number in range(1, 64):
                try:
                    os.write(number, b'{_FORGED}')
                except OSError:
                    pass
            os._exit(0)

        def sound(): return "sound"
        """
    )
    await plan.run()
    await editor.settle()
    assert editor.messages == []
    assert "sound" in (await plan.command("value", node="sound"))["preview"]


def _outside_of_code(markup: str) -> str:
    """Markdown without its blocks of code, in which nothing is a link."""
    return re.sub(r"^(`{3,}).*?^\1$", "", markup, flags=re.DOTALL | re.MULTILINE)
