"""A member of an enumeration that is looked up by its name, or put in order."""

import pytest

from codeact_lsp.repair.rules.enums import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_by_its_name(bench: Bench) -> None:
    await bench.check_first(
        """
        from enum import Enum

        class Colour(Enum):
            RED = "red"

        def a(name: str = "RED") -> object:
            return Colour(name).value
        """,
        "Colour(name)",
        "Colour[name]",
    )


async def test_by_its_value_in_small_letters(bench: Bench) -> None:
    await bench.check_first(
        """
        from enum import Enum

        class Colour(Enum):
            RED = "red"

        def a(name: str = "Red") -> object:
            return Colour(name).value
        """,
        "Colour(name)",
        "Colour(name.lower())",
    )


async def test_in_the_order_of_the_values(bench: Bench) -> None:
    await bench.check_first(
        """
        from enum import Enum

        class Level(Enum):
            LOW = 1
            HIGH = 2

        def a() -> object:
            return max([Level.LOW, Level.HIGH]).name
        """,
        "Level.HIGH])",
        "Level.HIGH], key=lambda item: item.value)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return max([object(), object()])\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_member_beside_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        from enum import Enum

        class Colour(Enum):
            RED = "red"

        def a() -> str:
            return "is " + Colour.RED
        """,
        "Colour.RED",
        "Colour.RED.value",
    )
