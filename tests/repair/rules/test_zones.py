"""Times of which some have a zone, and zones that do not exist."""

import pytest

from codeact_lsp.repair.rules.zones import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_zone_that_is_misspelt(bench: Bench) -> None:
    await bench.check_fix(
        """
        from datetime import datetime
        from zoneinfo import ZoneInfo

        def a() -> object:
            return datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Berln")).year
        """,
        "Write '\"Europe/Berlin\"'",
        """
        from datetime import datetime
        from zoneinfo import ZoneInfo

        def a() -> object:
            return datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")).year
        """,
    )


async def test_some_times_with_a_zone(bench: Bench) -> None:
    await bench.check_offer(
        """
        from datetime import datetime

        def a(days: tuple = ("2024-01-01", "2024-01-02T00:00:00+00:00")) -> object:
            return max([datetime.fromisoformat(day) for day in days]).year
        """,
        "Have all of them in UTC by 'astimezone'",
        """
        from datetime import datetime
        from datetime import timezone

        def a(days: tuple = ("2024-01-01", "2024-01-02T00:00:00+00:00")) -> object:
            return max([datetime.fromisoformat(day).astimezone(timezone.utc) for day in days]).year
        """,
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


async def test_a_moment_beside_a_column_of_a_zone(bench: Bench) -> None:
    text = """
import pandas as pd

def a() -> object:
    days = pd.Series(pd.to_datetime(["2024-01-01"], utc=True))
    end = pd.Timestamp("2024-02-01")
    return bool((days < end).all())
"""
    await bench.check_first(text, "< end", '< end.tz_localize("UTC")')


async def test_the_name_of_a_zone(bench: Bench) -> None:
    text = """
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

def a() -> object:
    return datetime(2024, 1, 1, tzinfo=timezone.utc).astimezone("Europe/Berlin").hour
"""
    fix = await bench.check_first(text, '"Europe/Berlin"', 'ZoneInfo("Europe/Berlin")')
    assert fix.preferred
