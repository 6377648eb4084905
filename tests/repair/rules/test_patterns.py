"""A pattern that means itself."""

import pytest

from codeact_lsp.repair.rules.patterns import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_character_that_repeats_nothing(bench: Bench) -> None:
    await bench.check_fix(
        r"""
        import re

        def a() -> object:
            return re.split("+", "a+b")
        """,
        "Write 'r\"\\+\"'",
        r"""
        import re

        def a() -> object:
            return re.split(r"\+", "a+b")
        """,
    )


async def test_a_pattern_that_comes_from_elsewhere(bench: Bench) -> None:
    await bench.check_fix(
        """
        import re

        def a(mark: str = "(") -> object:
            return re.sub(mark, "", "a(b")
        """,
        "Write 're.escape(mark)'",
        """
        import re

        def a(mark: str = "(") -> object:
            return re.sub(re.escape(mark), "", "a(b")
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "import re\n\ndef a(): return re.compile(1)\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
