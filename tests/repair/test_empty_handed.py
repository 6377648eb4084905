"""Functions that may have given None, found by the calls at the place that failed."""

import ast

import pytest

from codeact_lsp.repair.empty_handed import gives_nothing
from tests.repair.fixing import Bench


@pytest.mark.asyncio(loop_scope="module")
async def test_a_value_that_is_lost_two_calls_away_is_returned_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def _cleaned(words: list) -> list:
            cleaned = []
            for word in words:
                cleaned.append(word.strip("."))

        def _words(text: str) -> list:
            return _cleaned(text.split())

        def a() -> object:
            counts = {}
            for word in _words("the cat."):
                counts[word] = counts.get(word, 0) + 1
            return counts
        """,
        '        cleaned.append(word.strip("."))',
        '        cleaned.append(word.strip("."))\n    return cleaned',
    )


@pytest.mark.asyncio(loop_scope="module")
async def test_a_variable_is_followed_to_the_call_that_set_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def _limits(rows: list) -> dict:
            found = {"low": min(rows), "high": max(rows)}

        def a() -> object:
            limits = _limits([1, 5])
            return limits["high"] - limits["low"]
        """,
        'found = {"low": min(rows), "high": max(rows)}',
        'return {"low": min(rows), "high": max(rows)}',
    )


NOTHING = {
    "return 1": False,
    "return": True,
    "return None": True,
    "raise ValueError": False,
    "a = 1": True,
    "if a:\n  return\n return 1": True,
    "if a:\n  return 1\n else:\n  raise ValueError": False,
}


@pytest.mark.parametrize(("text", "nothing"), NOTHING.items(), ids=NOTHING)
def test_which_functions_may_give_nothing(text: str, nothing: bool) -> None:
    function = ast.parse(f"def f(a):\n {text}").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert gives_nothing(function) is nothing
