"""A value that a call takes in one form only."""

import pytest

from codeact_lsp.repair.rules.one_way import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATHS = "from pathlib import Path\n\n"
NUMBERS = "from decimal import Decimal\n\n"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (f"{PATHS}def a(): return str(Path('a.csv').with_suffix('json'))\n", "'json'", "'.json'"),
        (
            f"{NUMBERS}def a(): return str(Decimal('1.234').quantize('0.01'))\n",
            "'0.01'",
            "Decimal('0.01')",
        ),
        ("def a(n=(3, 5)): return max(n, key=len)\n", "max(n, key=len)", "max(n)"),
    ],
)
async def test_the_form_that_is_taken(bench: Bench, text: str, old: str, new: str) -> None:
    fix = await bench.check_first(text, old, new)
    assert fix.preferred


@pytest.mark.parametrize(
    "text",
    [
        f"{PATHS}def a(): return Path('').with_suffix('.x')\n",
        "def a(): return max([3], key=lambda n: len(n))\n",
        "def a(): return len(3)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
