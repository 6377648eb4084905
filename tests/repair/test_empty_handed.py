"""Functions that may have given None, found by the calls at the place that failed."""

import ast

import pytest

from codeact_lsp.repair.empty_handed import always_returns
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


RETURNS = {
    "return 1": True,
    "return": False,
    "return None": False,
    "raise ValueError": True,
    "a = 1": False,
    "if a:\n return 1": False,
    "if a:\n return 1\nelse:\n raise ValueError": True,
    "with a:\n return 1": True,
    "for b in a:\n return 1": False,
    "try:\n return 1\nexcept ValueError:\n return 2": True,
    "try:\n return 1\nexcept ValueError:\n a()": False,
    "match a:\n case 1:\n  return 1\n case _:\n  return 2": True,
}


@pytest.mark.parametrize(("text", "always"), RETURNS.items(), ids=RETURNS)
def test_which_ends_give_a_value(text: str, always: bool) -> None:
    assert always_returns(ast.parse(text).body) is always
