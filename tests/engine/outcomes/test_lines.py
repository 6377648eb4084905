"""Which lines of a plan ran, if somebody asks."""

from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.session import Engine
from tests.engine.running import Ran, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PLAN = """\
RATE = 2

def _twice(x):
    if x < 0:
        return 0
    return RATE * x

def size():
    total = 0
    for n in range(3):
        total += _twice(n)
    return total

def use(size):
    if size:
        return size // 0
    return 1

def spin(size):
    while True:
        size += 1
"""


def ran_lines(ran: Ran, node: str) -> list[str]:
    """What stands in the lines that ran for a node."""
    ends = (e for e in ran.events if isinstance(e, events.NodeSucceeded | events.NodeFailed))
    (lines,) = (end.lines for end in ends if end.node == node)
    return [PLAN.splitlines()[line].strip() for line in lines]


async def test_the_lines_that_ran_are_told_of_each_node(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, PLAN, lines=True, timeout=0.5)
    own = ["def size():", "total = 0", "for n in range(3):", "total += _twice(n)", "return total"]
    helper = ["def _twice(x):", "if x < 0:", "return RATE * x"]
    assert ran_lines(ran, "size") == ["RATE = 2", *helper, *own]
    assert ran_lines(ran, "use") == ["def use(size):", "if size:", "return size // 0"]
    assert ran_lines(ran, "spin") == ["def spin(size):", "while True:", "size += 1"]


async def test_nobody_who_does_not_ask_is_told(engine: Engine, tmp_path: Path) -> None:
    ran = await run_plan(engine, tmp_path, PLAN, ["use"])
    assert ran_lines(ran, "use") == []
