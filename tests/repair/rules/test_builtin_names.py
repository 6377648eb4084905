"""A function of Python's own that is called where that of a module was meant."""

import pytest

from codeact_lsp.repair.rules.builtin_names import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_function_of_an_imported_module(bench: Bench) -> None:
    text = """
    import re

    def a(text: str = "aab") -> str:
        return compile(r"a+", re.IGNORECASE).sub("", text)
    """
    await bench.check_first(text, "compile(", "re.compile(")


async def test_a_module_that_is_not_imported_has_no_say(bench: Bench) -> None:
    text = """
    import json

    def a(text: str = "aab") -> object:
        return compile(text, 3)
    """
    await bench.check_silent(RULE, text)


async def test_a_function_of_the_plan_is_the_one_that_was_meant(bench: Bench) -> None:
    text = """
    import re

    def _made(text: str) -> str:
        return text

    compile = _made

    def a(text: str = "aab") -> object:
        return compile(text, re.IGNORECASE)
    """
    await bench.check_silent(RULE, text)
