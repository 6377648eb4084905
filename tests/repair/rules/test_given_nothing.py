"""A function that is given nothing, and does not ask."""

import pytest

from codeact_lsp.repair.rules.given_nothing import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

OF_A_LOOP = """
    def _last_even(numbers: tuple) -> object:
        for place in range(len(numbers)):
            if numbers[place] % 2 == 0:
                break
        return {answer}

    def a(numbers: tuple = ()) -> object:
        return _last_even(numbers)
    """


async def test_a_list_that_begins_with_the_first(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(prices: tuple[int, ...] = ()) -> object:
            'Each that is higher than all before.'
            found = [prices[0]]
            for price in prices:
                if price > found[-1]:
                    found.append(price)
            return found
        """,
        "    found = [prices[0]]",
        "    if not prices:\n        return []\n    found = [prices[0]]",
    )


@pytest.mark.parametrize(
    ("answer", "nothing"),
    [
        ("place + 1", "0"),
        ('f"{place}"', '""'),
        ("{place: 1}", "{}"),
        ("{place}", "set()"),
        ("place / 2", "0.0"),
        ("place > 3", "False"),
        ("-place", "0"),
        ("str(place)", '""'),
        ("numbers.index(place)", "0"),
        ("[place] if place else None", "[]"),
    ],
)
async def test_what_it_gives_otherwise(bench: Bench, answer: str, nothing: str) -> None:
    text = OF_A_LOOP.replace("{answer}", answer)
    after = text.replace(
        "        for place",
        f"        if not numbers:\n            return {nothing}\n        for place",
    )
    await bench.check_proposed(RULE, text, after)


async def test_what_it_gives_where_it_finds_nothing(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ()) -> object:
            before = rows[0]
            for row in rows:
                if row < before:
                    return False
                before = row
            return True
        """,
        """
        def a(rows: tuple = ()) -> object:
            if not rows:
                return True
            before = rows[0]
            for row in rows:
                if row < before:
                    return False
                before = row
            return True
        """,
    )


async def test_what_is_declared(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _best(rows: tuple) -> str:
            return rows[0]

        def a(rows: tuple = ()) -> object:
            return _best(rows)
        """,
        """
        def _best(rows: tuple) -> str:
            if not rows:
                return ""
            return rows[0]

        def a(rows: tuple = ()) -> object:
            return _best(rows)
        """,
    )


async def test_what_it_was_given(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ()) -> object:
            least = min(rows)
            if least > 3:
                return rows
            return [row - least for row in rows]
        """,
        """
        def a(rows: tuple = ()) -> object:
            if not rows:
                return rows
            least = min(rows)
            if least > 3:
                return rows
            return [row - least for row in rows]
        """,
    )


async def test_what_it_has_made_itself_is_asked_for_where_it_is_made(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = (1, 3)) -> object:
            even = [row for row in rows if row % 2 == 0]
            first = even[0]
            return [row - first for row in rows]
        """,
        """
        def a(rows: tuple = (1, 3)) -> object:
            even = [row for row in rows if row % 2 == 0]
            if not even:
                return []
            first = even[0]
            return [row - first for row in rows]
        """,
    )


async def test_a_loop_over_what_another_one_has_filled(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = ()) -> object:
            pairs = []
            for number, row in enumerate(rows):
                pairs.append((row, number))
            for row, number in sorted(pairs):
                where = number
            return 10 + where
        """,
        """
        def a(rows: tuple = ()) -> object:
            if not rows:
                return 0
            pairs = []
            for number, row in enumerate(rows):
                pairs.append((row, number))
            for row, number in sorted(pairs):
                where = number
            return 10 + where
        """,
    )


async def test_where_nothing_is_given_it_only_stops_the_crash(bench: Bench) -> None:
    await bench.check_hides(
        """
        def _close(files: tuple) -> None:
            files[0].close()

        def a(files: tuple = ()) -> object:
            _close(files)
            return 1
        """,
        "Return at once where 'files' is empty",
        """
        def _close(files: tuple) -> None:
            if not files:
                return
            files[0].close()

        def a(files: tuple = ()) -> object:
            _close(files)
            return 1
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        # What the first of nothing is, nothing tells.
        """
        def a(rows: tuple = ()) -> object:
            return rows[0]
        """,
        # There is something in it.
        """
        def a(rows: tuple = (1, 2)) -> object:
            return [rows[2]]
        """,
        """
        NAMES = ()
        FIRST = NAMES[0]

        def a() -> object:
            return FIRST
        """,
    ],
)
async def test_nothing_is_known_of_it(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
