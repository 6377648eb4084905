"""A text of JSON that is used as if it had been read already."""

import pytest

from codeact_lsp.repair.rules.json_texts import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_key_of_it(bench: Bench) -> None:
    await bench.check_first(
        """
        import json

        def a(text: str = '{"n": 3}') -> object:
            return text["n"]
        """,
        'text["n"]',
        'json.loads(text)["n"]',
    )


async def test_a_method_of_what_it_stands_for(bench: Bench) -> None:
    await bench.check_first(
        """
        import json

        def a(text: str = '{"n": 3}') -> object:
            return text.get("n")
        """,
        'text.get("n")',
        'json.loads(text).get("n")',
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 'abc'['n']\n",
        "def a(): return 'abc'.items()\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
