"""A number with a fraction where only a whole one will do."""

import pytest

from codeact_lsp.repair.rules.whole_numbers import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = """
    def a(size: int = 9, count: int = 2) -> object:
        part = size
        SHOWN
"""


@pytest.mark.parametrize(
    "shown",
    [
        "return size << 2 | size / count",
        "part = size / count\n        return list(range(part))",
        "return f'{size / count:d}'",
    ],
)
async def test_divided_without_a_remainder(bench: Bench, shown: str) -> None:
    text = TEXT.replace("SHOWN", shown)
    await bench.check_proposed(RULE, text, text.replace("size / count", "size // count"))


async def test_first_where_it_was_divided(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(words: tuple[str, ...] = ("tea", "oil", "bread"), rows: int = 2) -> object:
            columns = (len(words) + rows - 1) / rows
            return [words[number::columns] for number in range(columns)]
        """,
        "1) / rows",
        "1) // rows",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(n=4): return 'abc'[n / 1]\n",
        "def a(n=4): return range(n * 0.5)\n",
        "def a(n=4): return n / 2 + 'x'\n",
    ],
)
async def test_silent_where_nothing_was_divided_or_no_whole_one_is_due(
    bench: Bench, text: str
) -> None:
    await bench.check_silent(RULE, text)
