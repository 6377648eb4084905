"""The side process: keys are there and nowhere else, and it goes when its parent goes."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from codeact_lsp.model import Account, Message, Model, ModelError, ModelSettings
from codeact_lsp.model.errors import UnauthorizedError
from codeact_lsp.sandbox import launch
from codeact_lsp.sandbox.model_keys import is_model_key
from tests.openai_server.lasting import Lasting
from tests.openai_server.script import fails, says, stalls
from tests.openai_server.server import MODEL, OpenAIServer

pytestmark = pytest.mark.asyncio(loop_scope="session")
ASK = [Message("user", "Which colour?")]
KEY = "sk-kept-by-the-editor-0123456789"


def listed(process: int | None) -> str:
    """What anybody with the same rights can read of a process: its command and environment."""
    folder = Path(f"/proc/{process}")
    return "".join((folder / what).read_text(errors="replace") for what in ("cmdline", "environ"))


async def test_the_key_is_handed_over_and_shows_nowhere(
    openai: OpenAIServer, side: Lasting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    asked = list[str]()

    async def key() -> str:
        asked.append("key")
        return KEY

    openai.script(says("green"))
    model = Model(ModelSettings(MODEL, openai.base_url), side=side.keyed_by(key))
    await model.complete(ASK, account=Account())
    await model.complete(ASK, account=Account())
    assert asked == ["key"]
    assert f"Bearer {KEY}".encode() in openai.received
    assert KEY not in caplog.text
    assert KEY not in listed(model.pid) + listed(os.getpid())
    assert KEY not in str(vars(side))
    await model.close()


async def test_a_refused_key_is_asked_for_again_and_quoted_by_nobody(
    openai: OpenAIServer, side: Lasting
) -> None:
    keys = iter([KEY, "sk-the-right-one-0123456789"])

    async def key() -> str:
        return next(keys)

    openai.script(fails(401, f"Incorrect API key provided: {KEY}"), says("green"))
    model = Model(ModelSettings(MODEL, openai.base_url), side=side.keyed_by(key))
    with pytest.raises(UnauthorizedError) as caught:
        await model.complete(ASK, account=Account())
    assert "0123456789" not in str(caught.value)
    assert len(openai.bodies) == 1
    await model.complete(ASK, account=Account())
    assert b"Bearer sk-the-right-one" in openai.received
    await model.close()


async def test_no_key_for_a_model_is_in_the_environment_of_workers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "AZURE_API_KEY", "HF_TOKEN", "CODEACT_MODEL_KEY"]
    for name in [*keys, "MY_DATABASE_KEY"]:
        monkeypatch.setenv(name, KEY)
    assert not launch.environment().keys() & set(keys)
    assert launch.environment()["MY_DATABASE_KEY"] == KEY
    assert not is_model_key("MONKEY")


PARENT = dedent("""
    import asyncio, sys
    from codeact_lsp.model.side_process import SideProcess

    async def main():
        side = SideProcess()
        await side.ask({"do": "load"})
        print(side.pid, flush=True)
        await asyncio.Event().wait()

    asyncio.run(main())
    """)


async def test_it_ends_with_a_parent_that_is_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=subprocess.PIPE
    )
    assert parent.stdout
    number = int(await parent.stdout.readline())
    gone = os.pidfd_open(number)
    parent.send_signal(signal.SIGKILL)
    await parent.wait()
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(gone, ended.set)
    try:
        async with asyncio.timeout(30):
            await ended.wait()
    finally:
        loop.remove_reader(gone)
        os.close(gone)


async def test_who_waits_is_told_when_it_ends_and_the_next_question_starts_another(
    openai: OpenAIServer, side: Lasting
) -> None:
    openai.script(stalls("gree"), says("green"))
    begun = asyncio.Event()
    model = Model(ModelSettings(MODEL, openai.base_url), side=side)
    asking = asyncio.create_task(
        model.complete(ASK, account=Account(), heard=lambda _: begun.set())
    )
    await begun.wait()
    assert model.pid
    os.kill(model.pid, signal.SIGKILL)
    with pytest.raises(ModelError, match="ended before it had an answer"):
        await asking
    assert (await model.complete(ASK, account=Account())).text == "green"


async def test_an_environment_without_litellm_says_how_to_get_it(tmp_path: Path) -> None:
    """The side process runs here with a litellm that cannot be loaded."""
    (tmp_path / "litellm.py").write_text("raise ImportError('there is none')")
    script = dedent("""
        import sys
        sys.path.insert(0, sys.argv[1])
        from codeact_lsp.model.side import main
        main()
        """)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"do": "load", "id": 1}\n')
    told = (await process.stdout.readline()).decode()
    process.stdin.close()
    assert await process.wait() == 0
    assert '"kind": "not-installed"' in told
    assert "there is none" in told
