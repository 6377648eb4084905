"""A mean or the like of a table of which some columns are no numbers."""

import pytest

from codeact_lsp.repair.rules.numeric_only import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("done", ["mean()", "groupby('city').mean()", "corr()"])
async def test_what_is_no_number_is_left_out(bench: Bench, done: str) -> None:
    made = "pd.DataFrame({'city': ['a', 'b'], 'name': ['c', 'd'], 'n': [1, 2], 'm': [2, 5]})"
    old, new = f"made.{done}", f"made.{done[:-1]}numeric_only=True)"
    text = f"import pandas as pd\n\ndef a():\n    made = {made}\n    return {old}\n"
    await bench.check_first(text, old, new)


@pytest.mark.parametrize("text", ["def a():\n    return int('x')\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
