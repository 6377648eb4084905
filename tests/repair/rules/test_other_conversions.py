"""A value that was to be counted or converted before it was kept or used."""

import pytest

from codeact_lsp.repair.rules.other_conversions import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = """
    def a(line: str = "  2024") -> object:
        made = MADE
        return USED
"""


@pytest.mark.parametrize(
    ("made", "meant", "used"),
    [
        ("line[:2]", "len(line[:2])", "'.' * (made + 4)"),
        ("line.strip()", "int(line.strip())", "made + 1"),
        ("map(ord, line)", "list(map(ord, line))", "made[0]"),
        ("line.split()", "set(line.split())", "made & {'2024'}"),
        ("line[1]", "ord(line[1])", "made + 4"),
        ("dict.fromkeys(line)", "len(dict.fromkeys(line))", "made // 2"),
    ],
)
async def test_where_it_was_made(bench: Bench, made: str, meant: str, used: str) -> None:
    text = TEXT.replace("USED", used)
    await bench.check_proposed(RULE, text.replace("MADE", made), text.replace("MADE", meant))


@pytest.mark.parametrize(
    ("used", "meant"),
    [
        ("divmod(made.strip(), 7)", "divmod(int(made.strip()), 7)"),
        ("range(made)", "range(len(made))"),
        ("made * made", "int(made) * made"),
    ],
)
async def test_where_it_is_used(bench: Bench, used: str, meant: str) -> None:
    text = TEXT.replace("MADE", "line")
    await bench.check_proposed(RULE, text.replace("USED", used), text.replace("USED", meant))


@pytest.mark.parametrize("text", ["def a(n=1): return n / 0\n", "def a(): return [1 for x in 3]\n"])
async def test_silent_where_no_type_is_complained_of(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
