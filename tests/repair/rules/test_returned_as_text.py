"""A function that gives a text in one of its branches, and numbers in the others."""

import pytest

from codeact_lsp.repair.rules.returned_as_text import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_function_that_calls_itself_gives_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            def depth(box):
                if not box:
                    return str(len(box))
                return 1 + depth(box[0])
            return depth([[[]]])
        """,
        "str(len(box))",
        "len(box)",
    )


async def test_a_function_that_is_called_gives_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return 1 + _share(3, 0)

        def _share(part: int, whole: int) -> object:
            if whole == 0:
                return str(part)
            return part // whole
        """,
        "return str(part)",
        "return part",
    )


async def test_a_function_of_texts_goes_on_giving_them(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a() -> object:
            return 1 + _named(3)

        def _named(number: int) -> str:
            if number == 0:
                return "none"
            return str(number)
        """
    )
    assert RULE.name not in {fix.rule for fix in fixes}
