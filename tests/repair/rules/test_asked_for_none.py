"""What is asked whether it is None, while it is empty."""

import pytest

from codeact_lsp.repair.rules.asked_for_none import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import pandas as pd\n"
                "\n"
                'def a(name: str = "c"):\n'
                '    table = pd.DataFrame({"name": ["a"], "boss": ["x"]})\n'
                '    rows = table[table["name"] == name]\n'
                "    if rows is None:\n"
                '        return "-"\n'
                '    return rows["boss"].iloc[0]\n'
            ),
            "rows is None",
            "rows.empty",
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                'def a(name: str = "c"):\n'
                '    table = pd.DataFrame({"name": ["a"], "boss": ["x"]})\n'
                '    rows = table[table["name"] == name]\n'
                "    if rows is not None:\n"
                '        return rows["boss"].iloc[0]\n'
                '    return "-"\n'
            ),
            "rows is not None",
            "not rows.empty",
        ),
        (
            (
                "def a(rows: list = []):\n"
                "    if rows is None:\n"
                "        return 0\n"
                "    return rows[0]\n"
            ),
            "rows is None",
            "not rows",
        ),
        (
            (
                "def a(rows: list = []):\n"
                "    if rows is not None:\n"
                "        return rows[0]\n"
                "    return 0\n"
            ),
            "rows is not None",
            "rows",
        ),
        (
            (
                "def a(rows: list = []):\n"
                "    if len(rows) < 0:\n"
                "        return 0\n"
                "    return rows[0]\n"
            ),
            "< 0",
            "< 1",
        ),
    ],
)
async def test_whether_it_is_empty(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    "text",
    [
        ("def a(rows: list = [1]):\n    if rows is None:\n        return 0\n    return rows[1]\n"),
        "def a(): return [][0]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
