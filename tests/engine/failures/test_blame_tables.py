"""A bad value in a table is followed to the node that made the table."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

SALES = """
import pandas as pd

def sales():
    amounts = ["1", "n/a", "3"]
    return pd.DataFrame({"region": ["n", "s", "n"], "amount": amounts, "day": [1, 2, 3]})

"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return sales['amount'].astype(int)", "`sales['amount']` "),
        ("amounts = sales['amount']; return amounts.astype(float)", "`amounts` "),
        ("late = sales[sales['day'] > 1]; return late['amount'].astype(int)", "`late['amount']` "),
        ("return sales.groupby('region')['amount'].mean()", "`sales` "),
        ("return sales['amount'].str.strip().sum() / 2", "`sales` "),
        ("return pd.to_numeric(sales['amount'])", "`sales['amount']` "),
    ],
)
async def test_what_is_cut_from_a_table_or_made_from_it_comes_from_its_maker(
    engine: Engine, tmp_path: Path, body: str, said: str
) -> None:
    blame = await blamed(engine, tmp_path, f"{SALES}def total(sales):\n    {body}\n")
    assert blame is not None
    assert (blame.node, blame.likely) == ("sales", False)
    assert blame.message.startswith(said)


@pytest.mark.parametrize(
    "body",
    [
        "sales['amount'] = ['x', 'y', 'z']; return sales['amount'].astype(int)",
        "own = pd.DataFrame({'amount': ['x']}); return own.groupby('amount')['amount'].mean()",
        "other = sales['amount'] + 'x'; return other.astype(int)",
    ],
)
async def test_what_a_node_put_into_a_table_has_no_other_maker(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    text = f"{SALES}def total(sales):\n    {body}\n"
    assert await blamed(engine, tmp_path, text) is None
