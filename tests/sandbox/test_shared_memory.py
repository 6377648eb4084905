"""What programs share by a number, which needs no file: nodes of the lowest tier see it as well."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.engine import events
from codeact_lsp.engine.choosing import make_job, select
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import WITHHOLD
from codeact_lsp.sandbox.tiers import Tier

pytestmark = pytest.mark.e2e

_SIZE = 4096
_MINE_ALONE, _REMOVE, _LIST = 0o600, 0, 13
PLAN = Plan.from_text(
    f"""
import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
_libc.shmat.restype = ctypes.c_void_p


def by_number(number: int) -> str:
    return _attached(number)


def by_list() -> str:
    found = (_libc.shmctl(each, {_LIST}, ctypes.create_string_buffer(256)) for each in range(99))
    return "".join(_attached(number) for number in found if number >= 0)


def _attached(number):
    place = _libc.shmat(number, None, 0)
    if place in (None, 2**64 - 1) or ctypes.string_at(place, 6) != b"canary":
        return ""
    ctypes.memmove(place + 64, b"harm", 4)
    return ctypes.string_at(place).decode()
"""
)


@pytest.fixture
def libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    return libc


@pytest.fixture
def segment(libc: ctypes.CDLL) -> Iterator[tuple[int, int]]:
    """Memory that another program shares with whoever is of the same user: number and place."""
    number = libc.shmget(0, _SIZE, 0o1000 | _MINE_ALONE)
    assert number >= 0
    try:
        place = libc.shmat(number, None, 0)
        ctypes.memmove(place, b"canary", 6)
        yield number, place
    finally:
        libc.shmctl(number, _REMOVE, None)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path.resolve()


@pytest.mark.parametrize("withheld", ["bwrap", "nested", ""])
async def test_memory_of_another_program_is_neither_read_nor_written(
    workspace: Path, segment: tuple[int, int], monkeypatch: pytest.MonkeyPatch, withheld: str
) -> None:
    number, place = segment
    monkeypatch.setenv(WITHHOLD, withheld)
    strict = dict.fromkeys(PLAN.nodes, preset(Level.STRICT, workspace))
    job = make_job(
        PLAN,
        workspace / "it.plan.py",
        select(PLAN),
        inputs={"number": number},
        policies=strict,
        minimum_tier=Tier.KERNEL,
    )
    engine = Engine(workspace)
    happened = [event async for event in engine.run(job)]
    await engine.close()
    values = [
        event.result.preview.text for event in happened if isinstance(event, events.NodeSucceeded)
    ]
    assert values == ["", ""]
    assert ctypes.string_at(place + 64, 4) == bytes(4)
