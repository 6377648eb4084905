"""A method that is called as if it were a function."""

import pytest

from codeact_lsp.repair.rules.as_functions import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_method_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            append(found, 1)
            return found
        """,
        "append(found, 1)",
        "found.append(1)",
    )


async def test_a_method_of_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "ada") -> object:
            return upper(name)
        """,
        "upper(name)",
        "name.upper()",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return calculate(1)\n",
        "def a(): return upper\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
