"""A text with places for values, and values that do not fit them."""

import pytest

from codeact_lsp.repair.rules.formats import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_parts_of_a_dictionary(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(person: dict[str, str] = {"name": "x"}) -> object:
            return "{name}".format(person)
        """,
        "Write '\"{name}\".format(**person)'",
        """
        def a(person: dict[str, str] = {"name": "x"}) -> object:
            return "{name}".format(**person)
        """,
    )


async def test_the_parts_of_a_pair(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(pair: tuple[int, int] = (1, 2)) -> object:
            return "{} {}".format(pair)
        """,
        "Write '\"{} {}\".format(*pair)'",
        """
        def a(pair: tuple[int, int] = (1, 2)) -> object:
            return "{} {}".format(*pair)
        """,
    )


async def test_a_pair_as_one_value(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(pair: tuple[int, int] = (1, 2)) -> object:
            return "pair %s" % pair
        """,
        "Write '(pair,)'",
        """
        def a(pair: tuple[int, int] = (1, 2)) -> object:
            return "pair %s" % (pair,)
        """,
    )


async def test_a_text_where_a_number_is_shown(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: str = "3") -> object:
            return f"{price:.2f}"
        """,
        "Write 'float(price)'",
        """
        def a(price: str = "3") -> object:
            return f"{float(price):.2f}"
        """,
    )


async def test_a_number_with_a_part_as_a_whole_one(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: float = 3.0) -> object:
            return f"{price:d}"
        """,
        "Write 'price:.0f'",
        """
        def a(price: float = 3.0) -> object:
            return f"{price:.0f}"
        """,
    )


async def test_nothing_in_a_column(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: object = None) -> object:
            return f"{price:>6}"
        """,
        "Write 'price!s'",
        """
        def a(price: object = None) -> object:
            return f"{price!s:>6}"
        """,
    )


async def test_a_whole_number_of_some_width(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: float = 3.0) -> object:
            return f"{n:05d}"
        """,
        "{n:",
        "{int(n):",
    )


async def test_a_share_that_is_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(share: str = "0.5") -> object:
            return f"{share:.0%}"
        """,
        "{share:",
        "{float(share):",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_whole_number_that_a_template_wants(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: float = 2.0) -> object:
            return "{:d} of {}".format(n, 3)
        """,
        ":d}",
        ":.0f}",
    )


async def test_a_text_that_a_template_wants_as_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(price: str = "2.50") -> object:
            return "{:.1f}".format(price)
        """,
        "format(price)",
        "format(float(price))",
    )
