"""Times of which some have a zone and others none."""

import pytest

from codeact_lsp.repair.rules.zones import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


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


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import datetime as dt\n"
                "from datetime import timezone\n"
                "\n"
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    days = pd.Series(pd.to_datetime(["2024-05-01T00:00:00Z"]))\n'
                "    return bool((days > dt.datetime(2024, 3, 1)).all())\n"
            ),
            "2024, 3, 1)",
            "2024, 3, 1, tzinfo=timezone.utc)",
        ),
        (
            (
                "from datetime import datetime, timezone\n"
                "\n"
                "def a():\n"
                '    start = datetime.fromisoformat("2024-05-01T10:00:00+00:00")\n'
                "    return (datetime.utcnow() - start).days > 0\n"
            ),
            "datetime.utcnow()",
            "datetime.now(timezone.utc)",
        ),
        (
            (
                "from datetime import datetime, timezone\n"
                "\n"
                "def a():\n"
                '    start = datetime.fromisoformat("2024-05-01T10:00:00+00:00")\n'
                "    return (datetime.now() - start).days > 0\n"
            ),
            "datetime.now()",
            "datetime.now(timezone.utc)",
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    days = pd.Series(pd.to_datetime(["2024-05-01T00:00:00Z"]))\n'
                '    return bool((days > pd.Timestamp("2024-03-01")).all())\n'
            ),
            '"2024-03-01")',
            '"2024-03-01", tz="UTC")',
        ),
        (
            (
                "import pandas as pd\n"
                "\n"
                "def a():\n"
                '    start = pd.Timestamp("2024-03-01", tz="UTC")\n'
                '    return str((pd.to_datetime("2024-03-02") - start).days)\n'
            ),
            '"2024-03-02")',
            '"2024-03-02", utc=True)',
        ),
    ],
)
async def test_a_time_that_is_made_without_a_zone(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)
