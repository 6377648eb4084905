"""Another operator or comparison than the one that was meant."""

import pytest

from codeact_lsp.repair.rules.other_signs import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_a_value_was_made(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(text: str = "ab") -> str:
            last = len(text) + 1
            return text[last].upper()
        """,
        """
        def a(text: str = "ab") -> str:
            last = len(text) - 1
            return text[last].upper()
        """,
    )


async def test_what_was_asked_before(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        class Row:
            def __init__(self, n: int) -> None:
                self.n = n

        def a(row: Row | None = None) -> int:
            if row is not None:
                return 0
            return row.n
        """,
        """
        class Row:
            def __init__(self, n: int) -> None:
                self.n = n

        def a(row: Row | None = None) -> int:
            if row is None:
                return 0
            return row.n
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_step_away_from_the_end(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _count(n: int) -> int:
            if n == 0:
                return 0
            return 1 + _count(n + 2)

        def a() -> int:
            return _count(4)
        """,
        """
        def _count(n: int) -> int:
            if n == 0:
                return 0
            return 1 + _count(n - 2)

        def a() -> int:
            return _count(4)
        """,
    )


async def test_the_sign_takes_hold_of_what_it_would(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(text: bytes = b"ab", width: int = 4) -> bytes:
            return text[:width] * (width - len(text)) * b" "
        """,
        """
        def a(text: bytes = b"ab", width: int = 4) -> bytes:
            return text[:width] + (width - len(text)) * b" "
        """,
    )


async def test_dividing_by_one_is_nothing(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = (1, 2, 4)) -> list[int]:
            return [rows[i + 1] - rows[i] for i in range(len(rows) / 1)]
        """,
        """
        def a(rows: tuple = (1, 2, 4)) -> list[int]:
            return [rows[i + 1] - rows[i] for i in range(len(rows) - 1)]
        """,
    )


async def test_times_one_is_nothing_either(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = (2, "tea"), at: int = 0) -> str:
            return rows[at * 1].upper()
        """,
        """
        def a(rows: tuple = (2, "tea"), at: int = 0) -> str:
            return rows[at + 1].upper()
        """,
    )


async def test_both_for_one_of_two_conditions(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(names: tuple = ("tea", None)) -> list[str]:
            found = []
            for name in names:
                if name is not None or name != "":
                    found.append(name.upper())
            return found
        """,
        """
        def a(names: tuple = ("tea", None)) -> list[str]:
            found = []
            for name in names:
                if name is not None and name != "":
                    found.append(name.upper())
            return found
        """,
    )
