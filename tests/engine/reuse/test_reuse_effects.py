"""A node that was seen to do more than make its value runs again, unless it says `Cache: on`."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from codeact_lsp.engine.values import Effect
from codeact_lsp.engine.wire import wire
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def plan(doing: str, section: str = "") -> str:
    """A plan whose node does something and returns 1, and a node that takes the value."""
    return f'''
import os, random, socket, subprocess, time
from datetime import date
from pathlib import Path

def a():
    """{section}"""
    {doing}
    return 1

def b(a):
    return a
'''


@pytest.mark.parametrize(
    ("doing", "effect", "done"),
    [
        ("Path('out').write_text('x')", Effect("writes", "out"), "wrote files"),
        ("date.today()", Effect("clock", "time.time"), "used the clock"),
        (
            "random.random()",
            Effect("random", "random"),
            "used random numbers without a seed",
        ),
        (
            "subprocess.run(['true'])",
            Effect("process", "true"),
            "started another program",
        ),
        (
            "socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 9))",
            Effect("network", "127.0.0.1:9"),
            "used the network",
        ),
    ],
    ids=["writes", "clock", "random", "process", "network"],
)
async def test_what_it_did_is_told_and_done_again(
    engine: Engine, tmp_path: Path, doing: str, effect: Effect, done: str
) -> None:
    first = await run_plan(engine, tmp_path, plan(doing))
    if effect.kind == "writes":
        effect = Effect("writes", str(tmp_path / "out"))
    assert first.results["a"].effects == (effect,)
    assert wire.result(first.results["a"])["effects"] == [
        {"kind": effect.kind, "detail": effect.detail}
    ]
    again = await run_plan(engine, tmp_path, plan(doing))
    # Its value is what it was, so what follows does not run.
    assert again.became == {"a": "ran", "b": "cached"}
    assert again.why("a") == f"it {done} when it ran: say Cache: on to reuse its value"


async def test_a_node_may_ask_to_be_kept_all_the_same(engine: Engine, tmp_path: Path) -> None:
    doing = "time.time(), random.random()"
    await run_plan(engine, tmp_path, plan(doing))
    # What a docstring says is no code: what was kept before it said so serves.
    again = await run_plan(engine, tmp_path, plan(doing, "Cache: on"))
    assert again.became == {"a": "cached", "b": "cached"}
    assert [effect.kind for effect in again.results["a"].effects] == ["clock", "random"]


async def test_a_node_that_asks_to_be_kept_still_rests_on_what_it_read(
    engine: Engine, tmp_path: Path
) -> None:
    doing = "time.time(), open('data').read()"
    for content in ("1", "22"):
        (tmp_path / "data").write_text(content)
        for became in ("ran", "cached"):
            ran = await run_plan(engine, tmp_path, plan(doing, "Cache: on"))
            assert ran.became["a"] == became


async def test_a_node_without_effects_is_told_to_have_none(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, plan("sum(range(10))"))
    assert ran.results["a"].effects == ran.results["b"].effects == ()


async def test_random_numbers_are_new_ones_in_each_run(engine: Engine, tmp_path: Path) -> None:
    text = """
    import random
    import numpy as np

    def a(): return random.random(), float(np.random.rand())
    def b(): return random.random(), float(np.random.rand())
    """
    drawn: set[float] = set()
    for _ in range(2):
        ran = await run_plan(engine, tmp_path, text)
        drawn.update(*(ran.value(node) for node in "ab"))
    assert len(drawn) == 8
