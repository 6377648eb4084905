"""Several keys or columns at once that are written otherwise than what there is."""

import pytest

from codeact_lsp.repair.rules.several_keys import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("given", "before", "after"),
    [
        (
            '{"first_name": "A", "last_name": "B"}',
            'user["firstName"] + user["lastName"]',
            'user["first_name"] + user["last_name"]',
        ),
        (
            '{"Unit Price": 2, "Quantity": 3}',
            'user["unit_price"] * user["quantity"]',
            'user["Unit Price"] * user["Quantity"]',
        ),
        (
            '{"amount": 2, "region": 3}',
            'user["ammount"] * user["regoin"]',
            'user["amount"] * user["region"]',
        ),
        (
            '{"database": {"host": "h"}}',
            "user.database.host",
            'user["database"]["host"]',
        ),
    ],
)
async def test_keys(bench: Bench, given: str, before: str, after: str) -> None:
    text = f"def a():\n    user = {given}\n    return {before}\n"
    fix = await bench.check_first(text, before, after)
    assert fix.preferred


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('table[["customerName", "regoin"]]', 'table[["customer name", "region"]]'),
        (
            'table.groupby(["Customer_Name", "Region"]).sum()',
            'table.groupby(["customer name", "region"]).sum()',
        ),
    ],
)
async def test_columns(bench: Bench, before: str, after: str) -> None:
    text = plain(f"""
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({{"customer name": ["x"], "region": ["y"], "n": [1]}})
            return {before}.values.tolist()
        """)
    await bench.check_first(text, before, after)


@pytest.mark.parametrize(
    "text",
    [
        # One is like nothing that there is.
        "def a():\n    row = {'price': 1, 'name': 2}\n    return row['prices'] + row['zzz']\n",
        # Only one of them does not exist, and another is set here.
        "def a():\n    row = {'price': 1}\n    row['sum'] = 2\n    row['sum'] + row['Price']\n",
        "def a():\n    row = {'price': 1}\n    return row.price\n",
        "def a(): return 1 / 0\n",
    ],
)
async def test_what_is_not_certain_is_left_alone(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
