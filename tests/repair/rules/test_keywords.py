"""A keyword that a call does not take."""

import pytest

from codeact_lsp.repair.rules.keywords import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_misspelt_one_of_a_builtin(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            return sorted([2, 1], revers=True)
        """,
        "Write 'reverse='",
        """
        def a() -> object:
            return sorted([2, 1], reverse=True)
        """,
    )


async def test_a_misspelt_one_of_the_plans_own_function(bench: Bench) -> None:
    await bench.check_fix(
        """
        def _scaled(number: int, factor: int) -> int:
            return number * factor

        def a() -> object:
            return _scaled(2, factr=3)
        """,
        "Write 'factor='",
        """
        def _scaled(number: int, factor: int) -> int:
            return number * factor

        def a() -> object:
            return _scaled(2, factor=3)
        """,
    )


async def test_one_that_is_of_no_use(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a() -> object:
            return sum([1, 2], strict=True)
        """,
        "Leave out 'strict='",
        """
        def a() -> object:
            return sum([1, 2])
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return len(1)\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("timedelta(secods=3)", "timedelta(seconds=3)"),
        ("fmean([1], weigths=None)", "fmean([1], weights=None)"),
    ],
)
async def test_of_the_standard_library(bench: Bench, old: str, new: str) -> None:
    imports = "from datetime import timedelta\nfrom statistics import fmean\n\n"
    await bench.check_first(f"{imports}def a():\n    return {old}\n", old, new)


async def test_a_keyword_that_is_handed_on_to_a_function_which_is_called_later(
    bench: Bench,
) -> None:
    await bench.check_first(
        """
        from functools import partial

        def _joined(text: str, mark: str = "-") -> str:
            return mark.join(text)

        def a(texts: list[str] = ["ab"]) -> list[str]:
            joined = partial(_joined, makr="+")
            return list(map(joined, texts))
        """,
        "makr=",
        "mark=",
    )


async def test_a_keyword_that_python_does_not_name(bench: Bench) -> None:
    await bench.check_first(
        """
        from itertools import zip_longest

        def a() -> object:
            return list(zip_longest([1], [1, 2], filvalue=0))
        """,
        "filvalue",
        "fillvalue",
    )


async def test_months_are_no_minutes(bench: Bench) -> None:
    text = """from datetime import date, timedelta

def a(day=date(2024, 1, 15), n=2):
    return day + timedelta(months=n)
"""
    (fix,) = await bench.fixes(text)
    assert fix.edit.apply(text) == text.replace("months=n", "days=30 * n")
    assert fix.hides


async def test_a_method_of_a_library(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> str:
            table = pd.DataFrame({"town": ["Bath", "York"], "high": [11, 12]})
            return table.sort_values("high", asecnding=False)["town"].iloc[0]
        """,
        "asecnding",
        "ascending",
    )


@pytest.mark.parametrize(
    ("given", "takes", "old", "new"),
    [
        (True, "include", "exclude=True", "include=False"),
        (False, "header", "no_header=False", "header=True"),
    ],
)
async def test_one_that_means_the_opposite(
    bench: Bench, given: bool, takes: str, old: str, new: str
) -> None:
    text = f"""
        def _kept(rows: list[int], {takes}: bool = {given}) -> list[int]:
            return rows if {takes} else rows[1:]

        def a() -> list[int]:
            return _kept([1, 2], {old})
        """
    await bench.check_first(text, old, new)


@pytest.mark.parametrize("old", ["max_rows=2", "exclude=[1]"])
async def test_no_opposite_of_what_cannot_be_turned(bench: Bench, old: str) -> None:
    takes = {"max_rows=2": "min_rows", "exclude=[1]": "include"}[old]
    text = f"""
        def _kept(rows: list[int], {takes}: object = None) -> list[int]:
            return rows

        def a() -> list[int]:
            return _kept([1, 2], {old})
        """
    fixes = await bench.fixes(text)
    assert [fix.label for fix in fixes] == [f"Leave out '{old.partition('=')[0]}='"]


async def test_one_that_a_class_hands_on_to_a_library(bench: Bench) -> None:
    await bench.check_fix(
        """
        import csv
        import io

        class _Table:
            def __init__(self, out: object, header: bool = False, **more: object) -> None:
                self.header, self.rows = header, csv.writer(out, **more)

        def a() -> bool:
            return _Table(io.StringIO(), haeder=True).header
        """,
        "Write 'header='",
        """
        import csv
        import io

        class _Table:
            def __init__(self, out: object, header: bool = False, **more: object) -> None:
                self.header, self.rows = header, csv.writer(out, **more)

        def a() -> bool:
            return _Table(io.StringIO(), header=True).header
        """,
    )


async def test_one_of_a_base_class_that_is_called_by_another_name(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Base:
            def __init__(self, limit: int = 1) -> None:
                self.limit = limit

        class _Queue(_Base):
            def __init__(self, size: int) -> None:
                begin = super().__init__
                begin(limits=size)

        def a() -> int:
            return _Queue(3).limit
        """,
        "begin(limits=size)",
        "begin(limit=size)",
    )


async def test_silent_where_the_class_takes_nothing_like_it(bench: Bench) -> None:
    text = """
        class _Base:
            def __init__(self, *, limit: int = 1) -> None:
                self.limit = limit

        def a() -> object:
            return [_Base(colour=2) for _ in range(2)]
    """
    titles = [fix.label for fix in await bench.fixes(text)]
    assert all("limit" not in title for title in titles)


async def test_one_of_a_method_of_a_type(bench: Bench) -> None:
    await bench.check_first(
        "def a(): return int.from_bytes(b'ab', byteordder='little')\n", "byteordder", "byteorder"
    )


async def test_a_key_of_what_is_handed_on_as_keywords(bench: Bench) -> None:
    await bench.check_first(
        """
        import datetime

        def a(day: object = datetime.date(2024, 1, 2)) -> str:
            parts = {"yar": 2025, "month": 3}
            return str(day.replace(**parts))
        """,
        "yar",
        "year",
    )


async def test_not_one_that_the_call_has_already(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Place:
            def __new__(cls, path: str = "", auth: str = "") -> object:
                return super().__new__(cls)

            def __init__(self, path: str = "", auth: str = "") -> None:
                self.all = path + auth

        def a() -> str:
            return _Place(path="p", atuh="me").all
        """,
        "atuh=",
        "auth=",
    )


async def test_one_that_only_the_first_line_of_its_help_tells(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import deque

        def a() -> int:
            return len(deque([1, 2], maxlens=1))
        """,
        "maxlens",
        "maxlen",
    )


async def test_a_keyword_of_a_method_of_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 3) -> bytes:
            return n.to_bytes(2, "little", sined=True)
        """,
        "sined",
        "signed",
    )


async def test_in_capitals(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(xs: tuple = ()) -> int:
            return min(xs, DEFAULT=3)
        """,
        "DEFAULT",
        "default",
    )
