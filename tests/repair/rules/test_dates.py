"""Days and times that do not fit together, or are written otherwise."""

import pytest

from codeact_lsp.repair.rules.dates import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_number_of_days(bench: Bench) -> None:
    await bench.check_fix(
        """
        from datetime import date

        day = date(2024, 1, 2)

        def a() -> object:
            return day - 1
        """,
        "Count in days, by 'timedelta'",
        """
        from datetime import date
        from datetime import timedelta

        day = date(2024, 1, 2)

        def a() -> object:
            return day - timedelta(days=1)
        """,
    )


async def test_a_day_that_is_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        from datetime import date

        day = date(2024, 1, 2)

        def a(since: str = "2024-01-01") -> object:
            return (day - since).days
        """,
        "Write 'date.fromisoformat(since)'",
        """
        from datetime import date

        day = date(2024, 1, 2)

        def a(since: str = "2024-01-01") -> object:
            return (day - date.fromisoformat(since)).days
        """,
    )


async def test_another_format(bench: Bench) -> None:
    await bench.check_fix(
        """
        from datetime import datetime

        def a(text: str = "2024-01-31") -> object:
            return datetime.strptime(text, "%d/%m/%Y").year
        """,
        "Read it as '%Y-%m-%d'",
        """
        from datetime import datetime

        def a(text: str = "2024-01-31") -> object:
            return datetime.strptime(text, "%Y-%m-%d").year
        """,
    )


async def test_a_time_without_a_zone(bench: Bench) -> None:
    await bench.check_offer(
        """
        from datetime import datetime, timezone

        plain = datetime(2024, 1, 1)
        aware = datetime(2024, 1, 2, tzinfo=timezone.utc)

        def a() -> object:
            return (aware - plain).days
        """,
        "Write 'plain.replace(tzinfo=timezone.utc)'",
        """
        from datetime import datetime, timezone

        plain = datetime(2024, 1, 1)
        aware = datetime(2024, 1, 2, tzinfo=timezone.utc)

        def a() -> object:
            return (aware - plain.replace(tzinfo=timezone.utc)).days
        """,
    )


async def test_two_days_that_are_texts(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a(start: str = "2024-01-01", end: str = "2024-01-31") -> object:
            return (end - start).days
        """,
        "end - start",
        "datetime.fromisoformat(end) - datetime.fromisoformat(start)",
    )


async def test_a_time_beside_a_day(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date, datetime

        def a(today: object = date(2024, 2, 1)) -> object:
            return datetime.strptime("2024-01-01", "%Y-%m-%d") < today
        """,
        '"%Y-%m-%d")',
        '"%Y-%m-%d").date()',
    )


async def test_a_sum_of_times(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime, timedelta

        def a() -> object:
            total = 0
            for day in (2, 3):
                total += datetime(2024, 1, day) - datetime(2024, 1, 1)
            return total.days
        """,
        "total = 0",
        "total = timedelta()",
    )


async def test_a_day_less_a_time(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date, datetime

        def a() -> object:
            day, now = date(2024, 1, 2), datetime(2024, 1, 1)
            return (day - now).days
        """,
        "day - now",
        "day - now.date()",
    )


async def test_the_form_of_a_time_in_a_variable(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a() -> object:
            form = "%I:%M %p"
            start, end = "09:00", "17:30"
            return (datetime.strptime(end, form) - datetime.strptime(start, form)).seconds
        """,
        '"%I:%M %p"',
        '"%H:%M"',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_days_after_a_moment_that_was_read_there(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime, timedelta


        def a(day: str = "2024-02-28", days: int = 2) -> object:
            return (datetime.fromisoformat(day) + days).day
        """,
        "+ days)",
        "+ timedelta(days=days))",
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date.fromisoformat(day).year", 'datetime.strptime(day, "%d.%m.%Y").date().year'),
        (
            "str(end - start)",
            'str(datetime.strptime(end, "%H:%M") - datetime.strptime(start, "%H:%M"))',
        ),
    ],
)
async def test_a_day_and_times_in_other_forms(bench: Bench, old: str, new: str) -> None:
    text = f"""
from datetime import date, datetime

def a(day="31.12.2023", start="09:30", end="10:15"):
    return {old}
"""
    fix = await bench.check_first(text, old, new)
    assert fix.preferred


async def test_a_time_beside_a_day_that_were_not_seen(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date, datetime

        def a() -> bool:
            return datetime(2024, 1, 1) > date(2023, 1, 1)
        """,
        "datetime(2024, 1, 1) >",
        "datetime(2024, 1, 1).date() >",
    )
