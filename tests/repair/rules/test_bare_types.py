"""A type with what it holds, where only the type itself can be asked for."""

import pytest

from codeact_lsp.repair.rules.bare_types import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_type_alone(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(value: object = (1,)) -> bool:
            return isinstance(value, list[int])
        """,
        """
        def a(value: object = (1,)) -> bool:
            return isinstance(value, list)
        """,
    )


async def test_one_of_several(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(value: object = (1,)) -> bool:
            return isinstance(value, (dict[str, int], tuple))
        """,
        """
        def a(value: object = (1,)) -> bool:
            return isinstance(value, (dict, tuple))
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return isinstance(3, 'int')\n",
        "def a(): return len(3)\n",
        "def a(): return isinstance(3)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
