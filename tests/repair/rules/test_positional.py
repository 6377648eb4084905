"""A value in brackets that is wanted with its name."""

import pytest

from codeact_lsp.repair import Repairer
from codeact_lsp.repair.rules.positional import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("json.dumps([1], 2)", "json.dumps([1], indent=2)"),
        ("sorted([1, 3], abs)", "sorted([1, 3], key=abs)"),
        ("other(1, 2)", "other(1, more=2)"),
    ],
)
async def test_it_is_given_with_its_name(bench: Bench, old: str, new: str) -> None:
    text = f"import json\n\ndef other(one, *, more=0): return one + more\n\ndef a(): return {old}\n"
    failure = await bench.failure(text, "a")
    assert failure.error.type == "TypeError"
    fixes = await Repairer(bench.engine).fixes(failure)
    assert fixes[0].edit.apply(text) == text.replace(old, new)


async def test_pandas_wants_an_axis_with_its_name(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            return pd.DataFrame({"n": [1], "m": [2]}).drop("n", 1)
        """,
        'drop("n", 1)',
        'drop("n", axis=1)',
    )


@pytest.mark.parametrize(
    "text", ["def a():\n    return int('x')\n", "def a():\n    return len(1, 2, 3)\n"]
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
