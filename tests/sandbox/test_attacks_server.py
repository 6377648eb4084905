"""Payloads that an editor's server runs: nothing of what they did or said steers the editor."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.sandbox.attacks.world import LASTING, World
from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

# What steers a terminal, or turns the direction of text.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"(?<!`)\[[^\]]*\]\((?:command|javascript|file):")
_RAW = "\x1b]0;forged\x07\u202e\n[run](command:forged)"
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


@pytest.mark.parametrize(
    "how",
    [
        *("return {}", "raise ValueError({})", "print({})", "return [{}]"),
        "raise type({0}, (ExceptionGroup,), {{}})({0}, [KeyError({0}), OSError(2, {0}, {0})])",
        'exec(compile("1 / 0", {0}, "exec").replace(co_name={0}))',
    ],
)
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
    lenses = [title for titles in (await plan.lenses()).values() for title in titles]
    drawn = [await plan.command("states"), await plan.command("failure", node="speaks")]
    shown = (card, *messages, *lenses, *await plan.hints(), *_texts(drawn))
    assert [text for text in shown if _steers(text)] == []


@pytest.mark.parametrize(
    "lie",
    [
        {"category": "denied", "denied": {"right": "write", "what": "out\u202e/\nNeeds: write /"}},
        {"category": "\u202e[run](command:forged)"},
        {
            "category": "user",
            "values": [{"text": _RAW, "place": [1, 0, 1, 3], "value": _RAW, "type": _RAW}],
        },
        {
            "category": "user",
            "linked": [{"how": _RAW, "type": _RAW, "message": _RAW, "frames": []}],
        },
    ],
)
async def test_what_a_node_says_in_the_name_of_its_worker_steers_nothing(
    attacked: tuple[World, Editor], lie: dict[str, object]
) -> None:
    _, editor = attacked
    said = {"type": "E", "message": "m", "frames": [], "notes": [], **lie}
    plan = editor.open(
        f"""
        import json, os

        def speaks():
            os.write(3, json.dumps({{"ok": False, "error": {said!r}}}).encode())
            os._exit(0)
        """
    )
    await plan.run()
    found = await plan.diagnostics()
    lenses = [title for titles in (await plan.lenses()).values() for title in titles]
    drawn = [await plan.command("states"), await plan.command("failure", node="speaks")]
    titles = [action.title for action in await plan.actions("def speaks")]
    shown = (*(each.message for each in found), *lenses, *titles, *_texts(drawn))
    assert [text for text in (*shown, *(str(each.code) for each in found)) if _steers(text)] == []


async def test_what_a_workspace_is_called_steers_no_message(tmp_path: Path) -> None:
    workspace = tmp_path / "w\u202etxt.exe"
    workspace.mkdir()
    (workspace / "pyproject.toml").write_text("[tool.codeact]\nsandbox = 1\n", encoding="utf-8")
    async with connected(workspace) as editor:
        editor.open("def a(): return 1\n")
        await editor.settle()
        assert editor.messages
        assert [each.message for each in editor.messages if _steers(each.message)] == []


async def test_names_of_keys_steer_no_title_of_a_fix(attacked: tuple[World, Editor]) -> None:
    _, editor = attacked
    plan = editor.open(
        """
        def table(): return {"colum\\u202en": 1}
        def taken(table): return table["column"]
        """
    )
    await plan.run()
    await plan.until_fixed()
    titles = [action.title for action in await plan.actions('table["column"]')]
    assert titles
    assert [title for title in titles if _steers(title)] == []


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


def _steers(text: str) -> bool:
    return _STEERING.search(text.replace("\n", "")) is not None


def _texts(data: object) -> Iterator[str]:
    """All texts in data."""
    if isinstance(data, str):
        yield data
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for part in parts:
        yield from _texts(part)


def _outside_of_code(markup: str) -> str:
    """Markdown without its blocks of code, in which nothing is a link."""
    return re.sub(r"^(`{3,}).*?^\1$", "", markup, flags=re.DOTALL | re.MULTILINE)
