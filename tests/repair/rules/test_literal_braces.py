"""A text with braces of its own that is used as a form."""

import pytest

from codeact_lsp.repair.rules.literal_braces import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_of_a_form_of_the_plan(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        FORM = '''Answer as JSON like {"name": "...", "kind": {}}.
        Text: {text!r:>5} of {0}'''

        def a(text: str = "hi") -> str:
            return FORM.format(3, text=text)
        """,
        """
        FORM = '''Answer as JSON like {{"name": "...", "kind": {{}}}}.
        Text: {text!r:>5} of {0}'''

        def a(text: str = "hi") -> str:
            return FORM.format(3, text=text)
        """,
    )


async def test_of_one_that_is_written_there(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(color: str = "red") -> str:
            return "p { color: {}; width: 3 }".format(color)
        """,
        """
        def a(color: str = "red") -> str:
            return "p {{ color: {}; width: 3 }}".format(color)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return '{name}'.format(nam=1)\n",
        "def a(): return '{} {}'.format(1)\n",
        "def a(): return {}['a b']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
