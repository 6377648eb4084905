"""A column that has become the index of its table."""

import pytest

from codeact_lsp.repair.rules.indexed import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        (
            "pd.DataFrame({'id': ['x'], 'n': [1]}).set_index('id')",
            "made['id']",
            "made.reset_index()['id']",
        ),
        (
            "pd.DataFrame({'id': ['x'], 'n': [1]}).groupby('id').sum()",
            "made.id",
            'made.reset_index()["id"]',
        ),
    ],
)
async def test_it_is_made_a_column_again(bench: Bench, made: str, old: str, new: str) -> None:
    text = f"import pandas as pd\n\ndef a():\n    made = {made}\n    return {old}\n"
    await bench.check_first(text, old, new)


@pytest.mark.parametrize("text", ["def a():\n    return {}['x']\n", "def a():\n    return [].x\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import pandas as pd\n"
                "\n"
                'def a(key: str = "b"):\n'
                '    table = pd.DataFrame({"code": ["a", "b"], "n": [3, 4]}).set_index("code")\n'
                '    return int(table[table["code"] == key]["n"].sum())\n'
            ),
            'table["code"]',
            "table.index",
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                'def a(key: str = "b"):\n'
                '    table = pd.DataFrame({"code": ["a", "b"], "n": [3, 4]}).set_index("code")\n'
                '    return int(table.loc[table["code"] == key, "n"].sum())\n'
            ),
            'table["code"]',
            "table.index",
        ),
    ],
)
async def test_rows_that_are_chosen_by_what_is_the_index(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)


async def test_rows_with_the_index_among_what_they_have(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        import pandas as pd

        def a() -> list:
            prices = pd.DataFrame({"name": ["a", "b"], "n": [1, 2]}).set_index("name")
            return [row["name"] for _, row in prices.iterrows()]
        """,
        """
        import pandas as pd

        def a() -> list:
            prices = pd.DataFrame({"name": ["a", "b"], "n": [1, 2]}).set_index("name")
            return [row["name"] for _, row in prices.reset_index().iterrows()]
        """,
    )
