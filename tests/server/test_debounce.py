"""Something is done once, soon or when nothing else happens, however often it is asked for."""

import asyncio

import pytest_asyncio

from codeact_lsp.server.debounce import Debounce, Idle
from tests.server.editor import eventually

_SECONDS = 0.02


class Counted:
    """An action, and how often it was done."""

    def __init__(self) -> None:
        self.times = 0
        self.debounce = Debounce(_SECONDS, self._act)

    def _act(self) -> None:
        self.times += 1


@pytest_asyncio.fixture
async def counted() -> Counted:
    return Counted()


async def test_a_burst_of_requests_is_one(counted: Counted) -> None:
    for _ in range(5):
        counted.debounce.schedule()
    assert counted.times == 0
    await eventually(lambda: counted.times)
    await asyncio.sleep(3 * _SECONDS)
    assert counted.times == 1


async def test_after_it_was_done_it_can_be_asked_for_again(counted: Counted) -> None:
    counted.debounce.schedule()
    await eventually(lambda: counted.times == 1)
    counted.debounce.schedule()
    await eventually(lambda: counted.times == 2)


async def test_requests_that_go_on_do_not_put_it_off_for_ever(counted: Counted) -> None:
    async with asyncio.timeout(30):
        while not counted.times:
            counted.debounce.schedule()
            await asyncio.sleep(_SECONDS / 4)


async def test_a_flush_does_it_at_once_if_it_was_asked_for(counted: Counted) -> None:
    counted.debounce.flush()
    assert counted.times == 0
    counted.debounce.schedule()
    counted.debounce.flush()
    assert counted.times == 1
    await asyncio.sleep(3 * _SECONDS)
    assert counted.times == 1


async def test_a_cancel_takes_the_request_back(counted: Counted) -> None:
    counted.debounce.schedule()
    counted.debounce.cancel()
    counted.debounce.flush()
    await asyncio.sleep(3 * _SECONDS)
    assert counted.times == 0


async def test_it_waits_until_nothing_has_stirred_for_a_while() -> None:
    loop, acted = asyncio.get_running_loop(), []
    idle = Idle(0.1, lambda: acted.append(loop.time()))
    stirred = loop.time()
    for _ in range(30):
        idle.stir()
        stirred = loop.time()
        await asyncio.sleep(0.01)
    await eventually(lambda: acted)
    assert acted[0] >= stirred + 0.1


async def test_nothing_is_done_anew_before_something_stirs_again() -> None:
    acted: list[bool] = []
    idle = Idle(_SECONDS, lambda: acted.append(True))
    idle.stir()
    await eventually(lambda: acted)
    await asyncio.sleep(3 * _SECONDS)
    assert len(acted) == 1
    idle.stir()
    await eventually(lambda: len(acted) == 2)


async def test_what_stirred_can_be_forgotten() -> None:
    acted: list[bool] = []
    idle = Idle(_SECONDS, lambda: acted.append(True))
    idle.stir()
    idle.cancel()
    await asyncio.sleep(3 * _SECONDS)
    assert not acted
