"""A key of another type, or in other letters, than those that there are."""

import pytest

from codeact_lsp.repair.rules.key_types import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("table", "key", "new"),
    [
        ("{'3': 'c'}", "3", "str(key)"),
        ("{3: 'c'}", "'3'", "int(key)"),
        ("{'tea': 1}", "' tea'", "key.strip()"),
        ("{'oslo': 1}", "'Oslo'", "key.lower()"),
        ("{'OSLO': 1}", "'oslo'", "key.upper()"),
    ],
)
async def test_the_key_is_turned_into_one_that_is_there(
    bench: Bench, table: str, key: str, new: str
) -> None:
    text = f"def a(key={key}):\n    return {table}[key]\n"
    await bench.check_first(text, "[key]", f"[{new}]")


async def test_a_day_is_looked_up_as_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a() -> int:
            day = date(2024, 1, 2)
            return {"2024-01-02": 3}[day]
        """,
        "[day]",
        "[str(day)]",
    )


async def test_none_is_offered_that_is_not_there_either(bench: Bench) -> None:
    assert not await bench.meant("def a(key=3):\n    return {'4': 1}[key]\n")


@pytest.mark.parametrize("text", ["def a():\n    return {}['a']\n", "def a():\n    return [][3]\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
