"""A loop that never ends, as what it waits for does not change."""

import pytest

from codeact_lsp.repair import Repairer
from codeact_lsp.repair.rules.endless import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNTED = """
    def a(n: int = 3) -> object:
        i, total = 0, 0
        while i < n:
            total += i
        return total
    """


async def test_a_counter_that_is_not_counted(bench: Bench) -> None:
    failure = await bench.failure(plain(COUNTED), timeout=0.5)
    assert failure.error.category == "timeout"
    (fix,) = await Repairer(bench.engine).fixes(failure)
    assert fix.edit.apply(plain(COUNTED)) == plain(COUNTED).replace(
        "total += i\n", "total += i\n        i += 1\n"
    )
    assert fix.label == "Add 'i += 1' to the loop"


CHUNKS = """
    def a(n: int = 5, size: int = 2) -> object:
        parts, start = [], 0
        while start < n:
            parts.append({taken})
        return parts
    """


@pytest.mark.parametrize(
    "taken", ["list(range(n))[start:start + size]", "sum(range(start, start + size))"]
)
async def test_it_goes_on_by_as_many_as_are_taken(bench: Bench, taken: str) -> None:
    text = plain(CHUNKS.format(taken=taken))
    (fix,) = await Repairer(bench.engine).fixes(await bench.failure(text, timeout=0.5))
    assert fix.label == "Add 'start += size' to the loop"


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
