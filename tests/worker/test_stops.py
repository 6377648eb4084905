"""A node that does not end by itself is ended, and shown at the expression that it was at."""

import asyncio
from pathlib import Path

import pytest
import pytest_asyncio

from codeact_lsp.engine.session import Engine
from tests.engine.running import Ran, marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

STOPS = {
    "sleeps": """
        import time

        def a():
            «time.sleep(3600)»
    """,
    "sleeps in a helper of a helper": """
        import time

        def a():
            return [_first(x) for x in [3600]]

        def _first(x):
            return _second(x) + 1

        def _second(x):
            «time.sleep(x)»
    """,
    "loops": """
        def a():
            n = 0
            «while n >= 0:
                n += 1
                n -= 1»
    """,
    "loops over nothing": """
        def a():
            «while True: pass»
    """,
    "catches everything": """
        import time

        def a():
            while True:
                try:
                    «time.sleep(3600)»
                except BaseException:
                    pass
    """,
    "awaits": """
        import asyncio

        async def a():
            «await asyncio.sleep(3600)»
    """,
    "awaits in a helper of a helper": """
        import asyncio

        async def a():
            return await _first()

        async def _first():
            return 1 + await _second()

        async def _second():
            «await asyncio.sleep(3600)»
    """,
    "waits for tasks": """
        import asyncio

        async def a():
            «await asyncio.gather(_sleep(), _sleep())»

        async def _sleep():
            await asyncio.sleep(3600)
    """,
    "runs a loop of its own": """
        import asyncio

        def a():
            asyncio.run(_main())

        async def _main():
            «await asyncio.sleep(3600)»
    """,
    "blocks the loop in a task": """
        import asyncio, time

        async def a():
            await asyncio.gather(_block())

        async def _block():
            «time.sleep(3600)»
    """,
    "prints without end": """
        def a():
            «while True: print("x" * 10)»
    """,
    "is at the module level": """
        import time

        SLEPT = «time.sleep(3600)»

        def a():
            return SLEPT
    """,
    "takes a lock twice": """
        import threading

        def a():
            lock = threading.Lock()
            lock.acquire()
            «lock.acquire()»
    """,
    "ignores the signal": """
        import signal, time

        def a():
            signal.signal(signal.SIGUSR2, signal.SIG_IGN)
            «time.sleep(3600)»
    """,
    "blocks all signals": """
        import signal, time

        def «a»():
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
            time.sleep(3600)
    """,
    "never leaves a library's loop": """
        import itertools

        def a():
            «return sum(itertools.repeat(1))»
    """,
}


LOOPS = {"loops", "loops over nothing", "prints without end"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stopped(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """All the plans, run at once: a limit that no busy machine makes too short is long."""
    folders = [tmp_path_factory.mktemp("stops") for _ in STOPS]
    runs = [
        run_plan(engine, folder, plan, timeout=2.0)
        for folder, plan in zip(folders, STOPS.values(), strict=True)
    ]
    return dict(zip(STOPS, await asyncio.gather(*runs), strict=True))


@pytest.mark.parametrize("name", STOPS)
async def test_a_limit_ends_a_node_that(stopped: dict[str, Ran], name: str) -> None:
    ran = stopped[name]
    error = ran.errors["a"]
    assert error.headline == "Timeout: still running after 2 s, its time limit"
    assert error.category == "timeout"
    _, (place,) = marked(STOPS[name])
    if name in LOOPS:  # Which part of a loop looks for signals depends on Python's version.
        assert place.start <= error.span.start <= error.span.end <= place.end
    else:
        assert ran.text(error.span) == ran.text(place)
        assert error.span == place


async def test_after_all_that_nodes_still_run(
    stopped: dict[str, Ran], engine: Engine, tmp_path: Path
) -> None:
    assert (await run_plan(engine, tmp_path, "def a(): return 'fine'\n")).value("a") == "fine"


async def test_the_calls_that_led_to_it_are_told(stopped: dict[str, Ran]) -> None:
    ran = stopped["awaits in a helper of a helper"]
    assert [(frame.function, ran.text(frame.span)) for frame in ran.errors["a"].frames] == [
        ("a", "await _first()"),
        ("_first", "await _second()"),
        ("_second", "await asyncio.sleep(3600)"),
    ]
