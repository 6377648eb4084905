"""A parameter that is nothing unless it is given, and is filled all the same."""

import pytest

from codeact_lsp.repair.rules.none_defaults import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_kept_by_an_object(bench: Bench) -> None:
    await bench.check_first(
        """
        class Pipeline:
            def __init__(self, steps=None):
                self.steps = steps

            def add(self, step):
                self.steps.append(step)
                return len(self.steps)

        def a() -> object:
            return Pipeline().add(len)
        """,
        "self.steps = steps",
        "self.steps = steps or []",
    )


async def test_filled_by_a_function(bench: Bench) -> None:
    await bench.check_first(
        """
        def _walk(n, found=None):
            found.append(n)
            return found

        def a() -> object:
            return _walk(3)
        """,
        "    found.append(n)",
        "    if found is None:\n        found = []\n    found.append(n)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return None.x\n",
        "\ndef _walk(n, found):\n    found.append(n)\n\ndef a(): return _walk(3, None)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
