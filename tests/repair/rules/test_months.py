"""A day, month or hour that is counted past the end."""

import pytest

from codeact_lsp.repair.rules.months import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "date(day.year, day.month + 1, 1)",
            "date(day.year + day.month // 12, day.month % 12 + 1, 1)",
        ),
        (
            "date(day.year, day.month + 3, 1)",
            "date(day.year + (day.month - 1 + 3) // 12, (day.month - 1 + 3) % 12 + 1, 1)",
        ),
        (
            "day.replace(month=day.month + 1)",
            "day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)",
        ),
    ],
)
async def test_a_month_of_the_next_year(bench: Bench, old: str, new: str) -> None:
    text = f"from datetime import date\n\ndef a(day=date(2024, 12, 1)):\n    return {old}\n"
    fix = await bench.check_first(text, old, new)
    assert fix.preferred


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at.replace(day=at.day + 7)", "at + timedelta(days=7)"),
        ("at.replace(hour=at.hour + 5, minute=0)", "at.replace(minute=0) + timedelta(hours=5)"),
        ("datetime(2024, 12, at.day + 4)", "datetime(2024, 12, at.day) + timedelta(days=4)"),
        ("datetime(30, 12, 2024)", "datetime(2024, 12, 30)"),
    ],
)
async def test_a_time_of_the_next_day_or_month(bench: Bench, old: str, new: str) -> None:
    imports = "from datetime import datetime, timedelta\n\n"
    text = f"{imports}def a(at=datetime(2024, 12, 30, 22)):\n    return {old}\n"
    await bench.check_first(text, old, new)


async def test_the_same_day_of_a_shorter_month_is_a_guess(bench: Bench) -> None:
    text = """
        from datetime import date

        def a(day=date(2024, 1, 31)):
            return day.replace(month=2)
        """
    await bench.check_hides(text, "Take the 28th", text.replace("(month=2)", "(month=2, day=28)"))


@pytest.mark.parametrize(
    "text", ["def a():\n    return int('x')\n", "def a():\n    return [].index(3)\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
