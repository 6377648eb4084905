"""A name that nothing sets, where the line that did so can be told from what is left."""

import pytest

from codeact_lsp.repair.rules.lost_lines import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_made_by_what_is_called_like_it_of_what_nobody_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        class _Reader:
            def __init__(self, text: str) -> None:
                self.left = list(text)

        def _read(text: str, most: int) -> list[str]:
            found = []
            while reader.left and len(found) < most:
                found.append(reader.left.pop())
            return found

        def a() -> object:
            return _read("tea", 2)
        """,
        "    while reader",
        "    reader = _Reader(text)\n    while reader",
    )


@pytest.mark.parametrize(
    ("known", "lost"),
    [
        ('width = box["width"]', 'height = box["height"]'),
        ('width = box.get("width", 0)', 'height = box.get("height", 0)'),
    ],
)
async def test_set_as_another_one_is_by_its_name(bench: Bench, known: str, lost: str) -> None:
    await bench.check_first(
        f"""
        def a(boxes: object = ({{"width": 2, "height": 3}},)) -> int:
            total = 0
            for box in boxes:
                {known}
                if width:
                    total += width * height
            return total
        """,
        f"        {known}",
        f"        {lost}\n        {known}",
    )


@pytest.mark.parametrize(
    ("known", "lost"),
    [
        ("min_x = min(xs)", "max_x = max(xs)"),
        ("min_x = xs[0] - ys[1]", ""),
    ],
)
async def test_set_as_another_one_is_that_is_called_alike(
    bench: Bench, known: str, lost: str
) -> None:
    text = f"""
        def a(xs: object = (3, 1), ys: object = (2, 5)) -> int:
            {known}
            return max_x - min_x
        """
    if lost:
        await bench.check_first(text, f"    {known}", f"    {lost}\n    {known}")
    else:
        await bench.check_silent(RULE, text)


async def test_made_of_other_letters(bench: Bench) -> None:
    await bench.check_first(
        """
        def _total(a: int, b: int, c: int) -> int:
            ab = a * b // 2
            bc = b * c // 2
            return ab + bc + ca

        def a() -> int:
            return _total(2, 3, 4)
        """,
        "    ab = a * b // 2",
        "    ca = c * a // 2\n    ab = a * b // 2",
    )


async def test_set_as_another_one_is_by_the_name_of_a_member(bench: Bench) -> None:
    await bench.check_first(
        """
        import datetime

        def a(day: object = datetime.date(2024, 5, 17)) -> int:
            year = day.year
            return year * 12 + month
        """,
        "    year = day.year",
        "    month = day.month\n    year = day.year",
    )


@pytest.mark.parametrize(
    "text",
    [
        "made = nmae\n\ndef a(): return made\n",
        "def a(n=1):\n    half = n / 2\n    return halves\n",
    ],
)
async def test_silent_where_nothing_tells_it(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
