"""Numbers that are added to a text of digits."""

import pytest

from codeact_lsp.repair.rules.written_digits import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_digits_of_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(count: int = 6) -> object:
            bits = ""
            while count:
                if count % 2:
                    bits += 1
                else:
                    bits += 0
                count //= 2
            return bits[::-1]
        """,
        "Write digits for numbers in 2 places",
        """
        def a(count: int = 6) -> object:
            bits = ""
            while count:
                if count % 2:
                    bits += "1"
                else:
                    bits += "0"
                count //= 2
            return bits[::-1]
        """,
    )


async def test_a_number_that_is_not_written_out(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(count: int = 6) -> object:
            bits = ""
            bits += count
            return bits
        """,
    )
