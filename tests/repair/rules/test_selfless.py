"""Methods, and whose a name is."""

import pytest

from codeact_lsp.repair.rules.selfless import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_method_that_does_not_take_its_object(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Item:
            price = 3

            def value() -> int:
                return 3

        def a() -> object:
            return _Item().value()
        """,
        "Have 'value' take 'self'",
        """
        class _Item:
            price = 3

            def value(self) -> int:
                return 3

        def a() -> object:
            return _Item().value()
        """,
    )


async def test_an_attribute_without_its_object(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Item:
            def __init__(self) -> None:
                self.price = 3

            def value(self) -> int:
                return price

        def a() -> object:
            return _Item().value()
        """,
        "Write 'self.price'",
        """
        class _Item:
            def __init__(self) -> None:
                self.price = 3

            def value(self) -> int:
                return self.price

        def a() -> object:
            return _Item().value()
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return price\n",
        "def a(): return len([], 1)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
