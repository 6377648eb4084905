"""What a node does to the functions that its worker tells its outcome with."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import check_failure, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PATCHED = """
    import builtins
    import json
    import os
    import signal

    def a():
        for name in ("len", "isinstance", "getattr", "str", "dict", "type", "Exception"):
            setattr(builtins, name, None)
        json.dumps = os.write = os.fstat = os._exit = signal.signal = None
"""


async def test_a_value_is_told_whatever_the_node_has_replaced(
    engine: Engine, tmp_path: Path
) -> None:
    ran = await run_plan(engine, tmp_path, f"{PATCHED}        return [1, 2]\n")
    assert ran.errors == {}
    assert ran.value("a") == [1, 2]


async def test_so_is_a_failure(engine: Engine, tmp_path: Path) -> None:
    text = f"{PATCHED}        return «len([1])»\n"
    headline = "TypeError: 'NoneType' object is not callable"
    await check_failure(engine, tmp_path, text, headline, "user")


async def test_so_is_a_value_that_was_awaited(engine: Engine, tmp_path: Path) -> None:
    text = """
    import asyncio
    import builtins

    async def a():
        await asyncio.sleep(0)
        builtins.repr = builtins.type = builtins.open = None
        return {"one": 1}
    """
    assert (await run_plan(engine, tmp_path, text)).value("a") == {"one": 1}


async def test_what_the_plan_itself_has_replaced_stays_while_it_runs(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import os

    os.getlogin = lambda: "me"

    async def a():
        return os.getlogin()

    def b():
        return os.getlogin()
    """
    ran = await run_plan(engine, tmp_path, text)
    assert (ran.value("a"), ran.value("b")) == ("me", "me")
