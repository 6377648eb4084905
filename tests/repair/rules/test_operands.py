"""Two values that cannot be added, compared or joined."""

import pytest

from codeact_lsp.repair.rules.operands import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_number_in_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(n: int = 3) -> object:
            return "n: " + n
        """,
        "Write 'str(n)'",
        """
        def a(n: int = 3) -> object:
            return "n: " + str(n)
        """,
    )


async def test_a_text_that_is_a_whole_number(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: str = "3") -> object:
            return price > 2
        """,
        "Write 'int(price)'",
        """
        def a(price: str = "3") -> object:
            return int(price) > 2
        """,
    )


async def test_a_text_that_is_a_number(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: str = "2.5") -> object:
            return price * 1.5
        """,
        "Write 'float(price)'",
        """
        def a(price: str = "2.5") -> object:
            return float(price) * 1.5
        """,
    )


async def test_bytes_in_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(raw: bytes = b"y") -> object:
            return "x" + raw
        """,
        "Write 'raw.decode()'",
        """
        def a(raw: bytes = b"y") -> object:
            return "x" + raw.decode()
        """,
    )


async def test_an_item_for_a_list(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [1]) -> object:
            return rows + 3
        """,
        "Write '[3]'",
        """
        def a(rows: list[int] = [1]) -> object:
            return rows + [3]
        """,
    )


async def test_nothing_beside_a_number(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(price: object = None) -> object:
            return 1 + price
        """,
        "Write 'price or 0'",
        """
        def a(price: object = None) -> object:
            return 1 + (price or 0)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return object() + 1\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_number_that_was_made_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(n: int = 2) -> object:
            return 0.5 - str(n)
        """,
        "Write 'n'",
        """
        def a(n: int = 2) -> object:
            return 0.5 - n
        """,
    )
