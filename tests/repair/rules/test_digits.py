"""A number that is looked into as if it were a text or a list."""

import pytest

from codeact_lsp.repair.rules.digits import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_digits_of_a_number_under_another_name(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(number: int = 121) -> bool:
            text = number
            return text == text[::-1]
        """,
        "text = number",
        "text = str(number)",
    )


async def test_the_last_digits_of_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(number: int = 1234) -> object:
            return number[-2:]
        """,
        "number[-2:]",
        "str(number)[-2:]",
    )


async def test_a_position_too_many(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(prices: list[int] = [3, 4]) -> object:
            return [price[0] for price in prices]
        """,
        "[price[0] for",
        "[price for",
    )


async def test_a_function_is_no_number(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [3]) -> object:
            return rows.index[0]
        """,
    )


async def test_a_position_in_its_own_place_is_no_number_with_digits(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "tea") -> str:
            place = 1
            return place[place:]
        """,
        "place[place:]",
        "text[place:]",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            ("import uuid\n\ndef a(): return len(uuid.uuid4()[:8])\n"),
            "uuid.uuid4()",
            "str(uuid.uuid4())",
        ),
        (
            ("from datetime import date\n\ndef a(day: date = date(2024, 5, 1)): return day[:4]\n"),
            "day[:4]",
            "str(day)[:4]",
        ),
    ],
)
async def test_what_has_a_form_in_which_it_is_written(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)
