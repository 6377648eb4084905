"""A number that is too large, or endless, for what is done with it."""

import pytest

from codeact_lsp.repair.rules.overflows import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("math.factorial(300) / 2", "math.factorial(300) // 2"),
        ("math.sqrt(10**400)", "math.isqrt(10**400)"),
        ('int(float("inf"))', 'float("inf")'),
        ("math.pow(10, 400)", "10 ** 400"),
        ("1 / (1 + math.exp(big))", "1 / (1 + math.exp(min(big, 700)))"),
        ("datetime.fromtimestamp(stamp).year", "datetime.fromtimestamp(stamp / 1000).year"),
    ],
)
async def test_the_number_is_one_that_fits(bench: Bench, old: str, new: str) -> None:
    text = (
        "import math\nfrom datetime import datetime\n\n"
        f"def a(big=1000.0, stamp=1_700_000_000_000):\n    return {old}\n"
    )
    await bench.check_first(text, old, new)


@pytest.mark.parametrize("text", ["def a():\n    return int('x')\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
