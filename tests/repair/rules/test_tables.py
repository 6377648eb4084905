"""Tables whose columns are of another type than what is done with them."""

import pytest

from codeact_lsp.repair.rules.tables import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_mean_of_texts(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({'n': ['1', '2']})
            return float(table['n'].mean())
        """,
        "Convert by 'pd.to_numeric'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({'n': ['1', '2']})
            return float(pd.to_numeric(table['n']).mean())
        """,
    )


async def test_days_that_are_texts(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({'a': ['2024-01-01'], 'b': ['2024-01-03']})
            return (table['b'] - table['a']).dt.days.tolist()
        """,
        "Convert by 'pd.to_datetime'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({'a': ['2024-01-01'], 'b': ['2024-01-03']})
            return (pd.to_datetime(table['b']) - pd.to_datetime(table['a'])).dt.days.tolist()
        """,
    )


async def test_keys_of_two_types(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            left, right = pd.DataFrame({'id': [1]}), pd.DataFrame({'id': ['1']})
            return len(left.merge(right, on='id'))
        """,
        "Write 'left.astype({\"id\": str})'",
        """
        import pandas as pd

        def a() -> object:
            left, right = pd.DataFrame({'id': [1]}), pd.DataFrame({'id': ['1']})
            return len(left.astype({"id": str}).merge(right, on='id'))
        """,
    )


async def test_a_row_that_is_appended(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({'n': [1]})
            return len(table.append({'n': 2}, ignore_index=True))
        """,
        "Write 'pd.concat'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({'n': [1]})
            return len(pd.concat([table, pd.DataFrame([{'n': 2}])], ignore_index=True))
        """,
    )


async def test_a_row_that_a_variable_holds(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table, row = pd.DataFrame({"n": [1]}), {"n": 2}
            more = {"n": 3}
            return len(table.append(more, ignore_index=True))
        """,
        "table.append(more, ignore_index=True)",
        "pd.concat([table, pd.DataFrame([more])], ignore_index=True)",
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


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"a": ["2024-01-01"], "b": ["2024-01-05"]})\n'
                '    table["a"] = pd.to_datetime(table["a"])\n'
                '    return (table["b"] - table["a"]).dt.days.tolist()\n'
            ),
            '(table["b"]',
            '(pd.to_datetime(table["b"])',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    table = pd.DataFrame({"b": ["2024-01-05"]})\n'
                '    return (table["b"] - pd.Timestamp("2024-01-01")).dt.days.tolist()\n'
            ),
            '(table["b"]',
            '(pd.to_datetime(table["b"])',
        ),
    ],
)
async def test_a_column_of_texts_beside_times(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)
