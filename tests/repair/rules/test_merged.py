"""Tables that are joined by a column which one of them calls otherwise."""

import pytest

from codeact_lsp.repair.rules.merged import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_part_of_the_name(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            orders = pd.DataFrame({"order": [1], "customer_id": [7]})
            customers = pd.DataFrame({"id": [7], "name": ["Ann"]})
            return orders.merge(customers, on="customer_id")["name"].tolist()
        """,
        'on="customer_id"',
        'left_on="customer_id", right_on="id"',
    )


async def test_of_the_other_table(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            orders = pd.DataFrame({"order": [1], "customer": [7]})
            customers = pd.DataFrame({"customer_id": [7], "name": ["Ann"]})
            return pd.merge(orders, customers, on="customer_id", how="left")["name"].tolist()
        """,
        'on="customer_id", how="left"',
        'left_on="customer", right_on="customer_id", how="left"',
    )


async def test_a_column_that_both_have(bench: Bench) -> None:
    text = plain(
        """
        import pandas as pd

        def a() -> object:
            one = pd.DataFrame({"code": [1], "n": [7]})
            other = pd.DataFrame({"code": [1], "m": [8]})
            return one.merge(other, on="key")["m"].tolist()
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace('on="key"', 'on="code"') in made


@pytest.mark.parametrize(
    "text",
    [
        "import pandas as pd\n\ndef a(): return pd.DataFrame({'x': [1]})['y']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_column_that_both_tables_had(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> int:
            one = pd.DataFrame({"id": [1], "v": [1]})
            both = one.merge(pd.DataFrame({"id": [1], "v": [2]}), on="id")
            return int(both["v"].sum())
        """,
        'both["v"]',
        'both["v_x"]',
    )
