"""A bound of a slice that is no whole number."""

import pytest

from codeact_lsp.repair.rules.slice_bounds import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXT = """
def a(text: str = "tea-pot", mark: str = "tea-", most: str = "3") -> str:
    return text[CUT]
"""


@pytest.mark.parametrize(
    ("cut", "meant"),
    [
        ("mark:", "len(mark):"),
        (":most", ":int(most)"),
        ("::most", "::int(most)"),
        (": len(text) / 2", ": len(text) // 2"),
    ],
)
async def test_what_it_stands_for(bench: Bench, cut: str, meant: str) -> None:
    await bench.check_proposed(RULE, TEXT.replace("CUT", cut), TEXT.replace("CUT", meant))


@pytest.mark.parametrize(
    "text", ["def a(): return 'x'['y']\n", "def a(n=None): return 'x'[n.y:]\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize("bound", ["n:", "'a':", "b'a':"])
async def test_silent_where_nothing_whole_is_meant(bench: Bench, bound: str) -> None:
    await bench.check_silent(RULE, f"def a(n=1.5): return 'x'[{bound}]\n")
