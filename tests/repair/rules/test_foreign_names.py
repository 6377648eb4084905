"""Names that other languages have by themselves."""

import pytest

from codeact_lsp.repair.rules.foreign_names import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_constants(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(count: int = 3) -> object:
            if count is null:
                return false
            return true
        """,
        "Write 'None' for 'null' in 3 places",
        """
        def a(count: int = 3) -> object:
            if count is None:
                return False
            return True
        """,
    )


async def test_the_own_object(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Stock:
            def __init__(self) -> None:
                self.rows = [4]

            def total(self) -> int:
                return sum(this.rows) + len(this.rows)

        def a() -> object:
            return _Stock().total()
        """,
        "Rename 'this' to 'self' in 2 places",
        """
        class _Stock:
            def __init__(self) -> None:
                self.rows = [4]

            def total(self) -> int:
                return sum(self.rows) + len(self.rows)

        def a() -> object:
            return _Stock().total()
        """,
    )


async def test_this_outside_of_a_class(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a() -> object:
            return this.rows
        """,
    )


async def test_printing(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(count: int = 3) -> object:
            console.log("so many:", count)
            return count
        """,
        "Write 'print' for 'console'",
        """
        def a(count: int = 3) -> object:
            print("so many:", count)
            return count
        """,
    )


async def test_functions(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "3") -> object:
            return parseInt(text)
        """,
        "parseInt",
        "int",
    )
