"""A group of a match that its pattern does not have."""

import pytest

from codeact_lsp.repair.rules.groups import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_by_its_number(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import re

        def a(text: str = "3.50") -> object:
            return int(re.search(r"(\d+)\.(\d+)", text).group(3))
        """,
        "group(3)",
        "group(2)",
    )


async def test_by_its_name(bench: Bench) -> None:
    await bench.check_first(
        r"""
        import re

        def a(text: str = "tea=3") -> object:
            match = re.match(r"(?P<key>\w+)=(?P<value>\w+)", text)
            return match.group("name"), match.group("value")
        """,
        'group("name")',
        'group("key")',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1][3]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
