"""A call of a table that takes what it is given otherwise."""

import pytest

from codeact_lsp.repair.rules.table_calls import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a(limit: int = 5):\n"
                '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
                '    return len(table.query("n > limit"))\n'
            ),
            '"n > limit"',
            '"n > @limit"',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
                '    return len(table[["n"]].sum(axis="column"))\n'
            ),
            '"column"',
            '"columns"',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
                '    return table.loc["sku", table["n"] < 5].tolist()\n'
            ),
            '"sku", table["n"] < 5',
            'table["n"] < 5, "sku"',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"n": [1, 9]}, index=["u", "v"])\n'
                '    return len(table.drop(columns="u"))\n'
            ),
            'columns="u"',
            'index="u"',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    rows = [{"n": 1}, {"n": 2}]\n'
                '    return pd.concat(rows)["n"].tolist()\n'
            ),
            "concat",
            "DataFrame",
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
                '    return table.nlargest("n", 1)["sku"].tolist()\n'
            ),
            '"n", 1',
            '1, "n"',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
                '    return table["n"].rolling_mean(2).dropna().tolist()\n'
            ),
            "rolling_mean(2)",
            "rolling(2).mean()",
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
                '    return pd.rolling_mean(table["n"], 2).dropna().tolist()\n'
            ),
            'pd.rolling_mean(table["n"], 2)',
            'table["n"].rolling(2).mean()',
        ),
    ],
)
async def test_as_pandas_takes_it(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        'def a(): return {}["x"]\n',
        (
            "import pandas as pd\n"
            "\n"
            "def a():\n"
            '    table = pd.DataFrame({"sku": ["x", "y"], "n": [1, 9]})\n'
            '    return table.query("m > 3")\n'
        ),
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_a_function_is_given_besides(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def _scaled(n: int, by: int) -> int:
            return n * by

        def a() -> list:
            return list(pd.Series([1, 2]).apply(_scaled, 3))
        """,
        "apply(_scaled, 3)",
        "apply(_scaled, args=(3,))",
    )
