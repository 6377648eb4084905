"""An option that a function does not have, or a value that is written as a text."""

import pytest

from codeact_lsp.repair.rules.options import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_is_spelt_otherwise(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            return pd.DataFrame({"n": [1]}).to_dict("record")
        """,
        '"record"',
        '"records"',
    )


async def test_the_name_of_a_type(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            return pd.Series([1.0]).astype("integer").tolist()
        """,
        '"integer"',
        '"int"',
    )


async def test_a_number_in_quotes(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return list(enumerate(["x"], start="1"))
        """,
        '"1"',
        "1",
    )


async def test_a_truth_in_quotes(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [1, 2]})
            return table.sort_values("n", ascending="False")["n"].tolist()
        """,
        '"False"',
        "False",
    )


async def test_a_comparison_in_a_query(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            return len(pd.DataFrame({"n": ["x"]}).query("n = 'x'"))
        """,
        "n = ",
        "n == ",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_an_option_that_the_message_lists(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np


        def a() -> object:
            return np.convolve([1, 2, 3], [1, 1], mode="full_valid").tolist()
        """,
        '"full_valid"',
        '"valid"',
    )
