"""An exact number that is given a float."""

import pytest

from codeact_lsp.repair.rules.exact_numbers import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "from decimal import Decimal\n"
                "\n"
                'def a(price: str = "2.345"): return str(Decimal(price).quantize(0.01))\n'
            ),
            "0.01",
            'Decimal("0.01")',
        ),
        (
            (
                "import decimal\n"
                "\n"
                'def a(price: str = "2.345"): return str(decimal.Decimal(price).quantize(0.1))\n'
            ),
            "(0.1)",
            '(decimal.Decimal("0.1"))',
        ),
        (
            (
                "from decimal import Decimal\n"
                "\n"
                'def a(step: float = 0.5): return str(Decimal("2.3").compare(step))\n'
            ),
            "compare(step)",
            "compare(Decimal(str(step)))",
        ),
        (
            "from fractions import Fraction\n\ndef a(): return float(Fraction(0.5, 2))\n",
            "Fraction(0.5, 2)",
            "Fraction(0.5) / 2",
        ),
    ],
)
async def test_an_exact_one(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        'def a(): return 1 + "x"\n',
        "from fractions import Fraction\n\ndef a(): return Fraction(0.5, 2, 3)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
