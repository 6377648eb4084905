"""What a plan imports or defines and nothing of it uses."""

import pytest

from codeact_lsp.repair.orphans import lost_values, orphans
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = """
    from __future__ import annotations

    import json, os.path
    from collections import Counter, deque

    __all__ = ["Kept", "a"]
    _LIMIT = 3

    def _unused(rows: int) -> int:
        return rows

    class Kept:
        pass

    class Reader:
        pass

    def other() -> object:
        return json

    def a(stream: str = "x", more: int = 1, *rest: int) -> object:
        return reader.next() + more
"""


async def scene(bench: Bench, text: str) -> Scene:
    failure = await bench.failure(plain(text), "a")
    return Scene(failure.job.plan, failure.error, failure.error.span)


async def test_what_nothing_reads_and_nobody_else_is_to_have(bench: Bench) -> None:
    assert orphans(await scene(bench, TEXT)) == ["Reader", "_unused", "_LIMIT", "deque", "Counter"]


async def test_what_a_missing_name_may_have_been_set_to(bench: Bench) -> None:
    assert list(lost_values(await scene(bench, TEXT))) == ["Reader(stream)", "Reader()"]


@pytest.mark.parametrize(
    "text", ["def a(): return 1 / 0\n", "reader = b\n\ndef a(): return reader\n"]
)
async def test_nothing_where_no_name_of_a_function_is_missing(bench: Bench, text: str) -> None:
    assert list(lost_values(await scene(bench, text))) == []
