"""An attribute that is kept behind an underscore."""

import pytest

from codeact_lsp.repair.rules.underscored import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_attribute_that_the_class_keeps_behind_an_underscore(bench: Bench) -> None:
    await bench.check_first(
        """
        class Account:
            def __init__(self, balance: int) -> None:
                self._balance = balance

            def paid(self, amount: int) -> int:
                self.balance += amount
                return self._balance


        def a() -> object:
            return Account(3).paid(4)
        """,
        "self.balance",
        "self._balance",
    )


async def test_a_method_of_named_tuples(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import namedtuple

        Row = namedtuple("Row", "name price")


        def a() -> object:
            return Row("tea", 3).replace(price=4).price
        """,
        ").replace(",
        ")._replace(",
    )


async def test_of_other_objects_the_underscore_is_no_way(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(rows: list[int] = [3]) -> object:
            return rows.replace(3, 4)
        """,
    )
