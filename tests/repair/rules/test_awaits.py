"""A coroutine that nobody waited for, or a wait for what is none."""

import pytest

from codeact_lsp.repair.rules.awaits import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_wait_for_a_plain_function(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _load(number: int) -> int:
            return number

        async def a() -> int:
            return await _load(3)
        """,
        "Write '_load(3)'",
        """
        def _load(number: int) -> int:
            return number

        async def a() -> int:
            return _load(3)
        """,
    )


async def test_no_wait_in_a_coroutine(bench: Bench) -> None:
    await bench.check_fix(
        """
        async def _load() -> list[int]:
            return [1]

        async def a() -> int:
            return _load()[0]
        """,
        "Write 'await _load()'",
        """
        async def _load() -> list[int]:
            return [1]

        async def a() -> int:
            return (await _load())[0]
        """,
    )


async def test_no_wait_in_a_plain_function(bench: Bench) -> None:
    await bench.check_fix(
        """
        import asyncio

        async def _load() -> list[int]:
            return [1]

        def a() -> int:
            return _load()[0]
        """,
        "Write 'asyncio.run(_load())'",
        """
        import asyncio

        async def _load() -> list[int]:
            return [1]

        def a() -> int:
            return asyncio.run(_load())[0]
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return None[0]\n",
        "def a(): return [1].x\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_group_that_nobody_waits_for(bench: Bench) -> None:
    await bench.check_fix(
        """
        import asyncio

        async def _one() -> int:
            return 1

        async def a() -> object:
            values = asyncio.gather(_one(), _one())
            return sum(values)
        """,
        "Write 'await asyncio.gather(_one(), _one())'",
        """
        import asyncio

        async def _one() -> int:
            return 1

        async def a() -> object:
            values = await asyncio.gather(_one(), _one())
            return sum(values)
        """,
    )


async def test_what_a_queue_gives_in_time(bench: Bench) -> None:
    await bench.check_first(
        """
        import asyncio


        async def a() -> object:
            queue = asyncio.Queue()
            await queue.put(3)
            item = queue.get()
            return item * 2
        """,
        "item = queue.get()",
        "item = await queue.get()",
    )


async def test_what_is_entered_in_time(bench: Bench) -> None:
    await bench.check_first(
        """
        import asyncio


        async def a() -> object:
            lock = asyncio.Lock()
            with lock:
                return 3
        """,
        "    with lock",
        "    async with lock",
    )


async def test_what_is_entered_at_once(bench: Bench) -> None:
    await bench.check_first(
        """
        import contextlib


        async def a() -> object:
            async with contextlib.suppress(KeyError):
                return 3
        """,
        "async with",
        "with",
    )
