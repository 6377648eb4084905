"""Values that are no numbers among those that a number is made of."""

import pytest

from codeact_lsp.repair.rules.not_numbers import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import numpy as np\n"
                "\n"
                "def a():\n"
                "    some = np.array([3.0, np.nan])\n"
                "    return int(np.max(some))\n"
            ),
            "np.max(",
            "np.nanmax(",
        ),
        (
            (
                "import numpy as np\n"
                "\n"
                "def a():\n"
                "    some = np.array([3.0, np.nan])\n"
                "    return int(some.mean())\n"
            ),
            "some.mean()",
            "np.nanmean(some)",
        ),
    ],
)
async def test_past_what_is_missing(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        'def a(): return int("3.5")\n',
        'def a(): return int("x")\n',
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_row_without_a_number(bench: Bench) -> None:
    text = 'def a(rows: list = ["3", "n/a"]): return sum(int(row) for row in rows)\n'
    await bench.check_hides(
        text, 'Leave out what is "n/a"', text.replace("in rows)", 'in rows if row != "n/a")')
    )


async def test_a_row_without_a_number_in_a_loop(bench: Bench) -> None:
    text = """
        def a(rows: list = ["3", "n/a"]):
            total = 0
            for row in rows:
                total += float(row)
            return total
        """
    await bench.check_hides(
        text,
        'Leave out what is "n/a"',
        text.replace(
            "                total",
            """                if row == "n/a":
                    continue
                total""",
        ),
    )
