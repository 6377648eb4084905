"""A keyword that a library took once."""

import pytest

from codeact_lsp.repair.rules.removed_keywords import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_that_is_a_method_now(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            return list(pd.Series([1.0, None]).fillna(method="ffill"))
        """,
        "Write 'pd.Series([1.0, None]).ffill()'",
        """
        import pandas as pd

        def a() -> object:
            return list(pd.Series([1.0, None]).ffill())
        """,
    )


async def test_one_that_is_done_afterwards(bench: Bench) -> None:
    await bench.check_fix(
        r"""
        import io

        import pandas as pd

        def a() -> object:
            return list(pd.read_csv(io.StringIO("n\n1\n"), squeeze=True))
        """,
        'Write \'pd.read_csv(io.StringIO("n\\n1\\n")).squeeze("columns")\'',
        r"""
        import io

        import pandas as pd

        def a() -> object:
            return list(pd.read_csv(io.StringIO("n\n1\n")).squeeze("columns"))
        """,
    )


async def test_a_frequency_of_which_pandas_says_it(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            return len(pd.date_range("2024-01-01", periods=2, freq="H"))
        """,
        "Write '\"h\"'",
        """
        import pandas as pd

        def a() -> object:
            return len(pd.date_range("2024-01-01", periods=2, freq="h"))
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return sorted([], no=1)\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('drop_duplicates(cols=["n"])', 'drop_duplicates(subset=["n"])'),
        ('sort_values("n", descending=True)', 'sort_values("n", ascending=False)'),
    ],
)
async def test_what_others_call_it(bench: Bench, old: str, new: str) -> None:
    text = f"""
import pandas as pd

def a() -> object:
    table = pd.DataFrame({{"n": [1, 1, 2]}})
    return table.{old}["n"].tolist()
"""
    await bench.check_first(text, old, new)
