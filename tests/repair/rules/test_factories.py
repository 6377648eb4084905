"""A value where something is wanted that makes one."""

import pytest

from codeact_lsp.repair.rules.factories import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("value", "new"),
    [("0", "int"), ("[]", "list"), ("set()", "set"), ("'none'", "lambda: 'none'")],
)
async def test_what_makes_the_value_is_given(bench: Bench, value: str, new: str) -> None:
    text = (
        "from collections import defaultdict\n\n"
        f"def a():\n    found = defaultdict({value})\n    return found['a']\n"
    )
    fix = await bench.check_first(text, f"defaultdict({value})", f"defaultdict({new})")
    assert fix.preferred


@pytest.mark.parametrize("text", ["def a():\n    return int('x')\n", "def a():\n    return 3()\n"])
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
