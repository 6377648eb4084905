"""Where a process cannot be copied, a fresh interpreter runs each node; all else is the same."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from tests.engine.running import check_failure, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["fork", "spawn"])
async def engine(cache_folder: Path, request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    """Two engines, one after the other: they start their nodes' processes in different ways."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CODEACT_START_METHOD", request.param)
        engine = Engine(cache_folder, sys.executable)
    yield engine
    await engine.close()


async def test_values_output_and_imports_are_the_same(engine: Engine, tmp_path: Path) -> None:
    text = """
    import decimal, sys

    class _Point:
        x = 3

    def a():
        print("out")
        print("err", file=sys.stderr)
        return [_Point(), decimal.Decimal("1.5"), b"x" * 1_000_000]

    async def b(a):
        return [a[0].x, str(a[1]), len(a[2]), hash("the same in every process")]
    """
    ran = await run_plan(engine, tmp_path, text)
    assert ran.value("b")[:3] == [3, "1.5", 1_000_000]
    assert (ran.output("a"), ran.output("a", "stderr")) == ("out\n", "err\n")
    again = await run_plan(engine, tmp_path, text, reuse=False)
    assert again.value("b") == ran.value("b")


@pytest.mark.parametrize(
    ("body", "headline", "category"),
    [
        ("return «1 / 0»", "ZeroDivisionError: division by zero", "user"),
        ("«os.abort()»", "SIGABRT: The process was ended by SIGABRT.", "crash"),
        ("«time.sleep(3600)»", "Timeout: still running after 3 s, its time limit", "timeout"),
        (
            "'''Memory: 100 MB'''; return len(«bytes(10**9)»)",
            "MemoryError: the node needs more than its limit of 100 MB",
            "memory",
        ),
    ],
)
async def test_failures_are_the_same(
    engine: Engine, tmp_path: Path, body: str, headline: str, category: str
) -> None:
    text = f"import os, time\n\ndef a():\n    {body}\n"
    await check_failure(engine, tmp_path, text, headline, category, timeout=3)
