"""A span of time where a number is wanted, and moments and texts mixed up."""

import pytest

from codeact_lsp.repair.rules.durations import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_in_days(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a() -> object:
            created, now = datetime(2024, 1, 1), datetime(2024, 3, 1)
            return now - created > 30
        """,
        "now - created > 30",
        "(now - created).days > 30",
    )


async def test_in_seconds(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a() -> object:
            start, end = datetime(2024, 1, 1, 10), datetime(2024, 1, 1, 11)
            return int(end - start)
        """,
        "end - start)",
        "(end - start).total_seconds())",
    )


async def test_as_it_is_written(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import timedelta

        def a() -> object:
            span = timedelta(seconds=3)
            return f"{span:.1f}"
        """,
        "{span:",
        "{span.total_seconds():",
    )


async def test_added_up(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import timedelta

        def a() -> object:
            spans = [timedelta(hours=1), timedelta(hours=2)]
            return sum(spans)
        """,
        "sum(spans)",
        "sum(spans, timedelta())",
    )


async def test_seconds_as_a_time(bench: Bench) -> None:
    await bench.check_first(
        """
        import time

        def a(seconds: int = 3661) -> object:
            return time.strftime("%H:%M", seconds)
        """,
        '"%H:%M", seconds',
        '"%H:%M", time.gmtime(seconds)',
    )


async def test_a_day_that_is_one_already(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a() -> object:
            day = datetime(2024, 1, 2)
            return datetime.strptime(day, "%Y-%m-%d")
        """,
        'datetime.strptime(day, "%Y-%m-%d")',
        "day",
    )


async def test_a_text_that_is_a_day(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a(day: str = "2024-01-02") -> object:
            return datetime.strftime(day, "%d.%m.")
        """,
        'datetime.strftime(day, "%d.%m.")',
        'datetime.fromisoformat(day).strftime("%d.%m.")',
    )


async def test_parts_of_a_second(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a(text: str = "10:20:30,456") -> object:
            return datetime.strptime(text, "%H:%M:%S").minute
        """,
        "%H:%M:%S",
        "%H:%M:%S,%f",
    )


async def test_the_parts_of_a_day(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a(text: str = "2024-01-02") -> object:
            return date(text.split("-"))
        """,
        'text.split("-")',
        '*map(int, text.split("-"))',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 3 > 'x'\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_year_of_four_digits(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime


        def a() -> object:
            return datetime.strptime("02/01/2024", "%d/%m/%y").year
        """,
        "%y",
        "%Y",
    )


async def test_a_moment_that_is_a_text(bench: Bench) -> None:
    text = "from datetime import datetime\n\ndef a(day='2024-01-02'): return datetime(day).year\n"
    await bench.check_first(text, "datetime(day)", "datetime.fromisoformat(day)")
