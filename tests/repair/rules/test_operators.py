"""An operator that the values on its two sides do not have."""

import pytest

from codeact_lsp.repair.rules.operators import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_texts_are_put_together(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "Ada") -> object:
            return "Dear " - name
        """,
        " - ",
        " + ",
    )


async def test_lists_are_put_together(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other = [1, 2], [3]
            return one - other
        """,
        "one - other",
        "one + other",
    )


async def test_a_path_goes_on(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a() -> object:
            folder = Path("data")
            return str(folder + "a.csv")
        """,
        " + ",
        " / ",
    )


async def test_between_two_days_lies_a_difference(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a() -> object:
            start, end = date(2024, 1, 2), date(2024, 3, 1)
            return (end + start).days
        """,
        "end + start",
        "end - start",
    )


async def test_sets_are_united(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            seen, more = {1}, {2}
            return sorted(seen + more)
        """,
        "seen + more",
        "seen | more",
    )


async def test_values_are_put_into_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 1, m: int = 2) -> object:
            return "%d of %d" / (n, m)
        """,
        " / ",
        " % ",
    )


async def test_a_list_is_repeated(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(width: int = 3) -> object:
            return [0] + width
        """,
        "[0] + width",
        "[0] * width",
    )


async def test_what_is_added_in_place(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            text = "x"
            text -= "y"
            return text
        """,
        "text -= ",
        "text += ",
    )


async def test_of_texts_that_are_numbers_the_difference_may_be_meant(bench: Bench) -> None:
    best, *_ = await bench.fixes(
        """
        def a(end: str = "7", start: str = "5") -> object:
            return end - start
        """
    )
    assert not best.preferred


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return object() + 1\n",
        "def a(): return 'n' + 1\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_bytes_are_repeated(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(missing: int = 3) -> object:
            return (b" " + missing).decode()
        """,
        'b" " + missing',
        'b" " * missing',
    )


async def test_what_is_left_of_counts_is_their_difference(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import Counter

        def a() -> object:
            had, sold = Counter(tea=3, rice=1), Counter(tea=1)
            return dict(had / sold)
        """,
        "had / sold",
        "had - sold",
    )


async def test_a_list_that_is_written_out_is_repeated(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            wanted = {"tea": 2, "rice": 1}
            return [each for name in wanted for each in [name] / wanted[name]]
        """,
        "[name] / ",
        "[name] * ",
    )


async def test_a_time_goes_on_by_a_pause(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime, timedelta

        def a() -> object:
            end, pause = datetime(2024, 1, 1), timedelta(hours=1)
            return (end * pause).isoformat()
        """,
        "end * pause",
        "end + pause",
    )


async def test_a_list_to_which_a_number_is_added_is_not_repeated(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(first: int = 3, second: int = 2) -> object:
            return [first] + second
        """
    )
    assert fixes[0].rule != RULE.name


async def test_a_name_in_a_folder_without_the_slash(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from pathlib import Path

        def a(part: int = 1) -> str:
            return str(Path("data") + f"/part_{part}.txt")
        """,
        """
        from pathlib import Path

        def a(part: int = 1) -> str:
            return str(Path("data") / f"part_{part}.txt")
        """,
    )
