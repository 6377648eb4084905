"""Many values where one answer is wanted."""

import pytest

from codeact_lsp.repair.rules.truths import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_rows_of_which_two_things_hold(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 2, 3]})
            return len(table[(table.n > 1) and (table.n < 3)])
        """,
        "Write '(table.n > 1) & (table.n < 3)'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 2, 3]})
            return len(table[(table.n > 1) & (table.n < 3)])
        """,
    )


async def test_whether_a_table_holds_anything(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1]})
            if table:
                return "some"
            return "none"
        """,
        "Write 'not table.empty'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1]})
            if not table.empty:
                return "some"
            return "none"
        """,
    )


async def test_whether_any_holds(bench: Bench) -> None:
    await bench.check_offer(
        """
        import numpy as np

        def a() -> object:
            numbers = np.array([1, 2])
            if numbers > 1:
                return "some"
            return "none"
        """,
        "Write '(numbers > 1).any()'",
        """
        import numpy as np

        def a() -> object:
            numbers = np.array([1, 2])
            if (numbers > 1).any():
                return "some"
            return "none"
        """,
    )


async def test_a_choice_for_each(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np
        import pandas as pd

        def a() -> object:
            df = pd.DataFrame({"n": [1, 5]})
            df["big"] = "yes" if df["n"] > 2 else "no"
            return df["big"].tolist()
        """,
        '"yes" if df["n"] > 2 else "no"',
        'np.where(df["n"] > 2, "yes", "no")',
    )


async def test_those_that_are_among_others(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 2]})
            return table[table["n"] in [2]]["n"].tolist()
        """,
        'table["n"] in [2]',
        'table["n"].isin([2])',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
