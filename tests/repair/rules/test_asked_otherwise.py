"""A comparison by size with what has none."""

import pytest

from codeact_lsp.repair.rules.asked_otherwise import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("line < None", "line is None"),
        ("line>None", "line is not None"),
        ('"a" > {"a": 1}', '"a" in {"a": 1}'),
        ('line >= ("a", "b")', 'line not in ("a", "b")'),
    ],
)
async def test_the_question_that_it_can_answer(bench: Bench, before: str, after: str) -> None:
    text = "def a(line: object = 'a') -> bool:\n    return SHOWN\n"
    await bench.check_proposed(RULE, text.replace("SHOWN", before), text.replace("SHOWN", after))


@pytest.mark.parametrize(
    "text",
    ["def a(): return 'a' > 1\n", "def a(): return 'a' + 1\n", "def a(): return 1 < 'a' < [2]\n"],
)
async def test_silent_where_it_has_no_answer(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
