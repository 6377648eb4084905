"""A variable that has the name of a function which is called in the same place."""

import pytest

from codeact_lsp.repair.rules.shadowed import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_of_python_itself(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(values: tuple = (1, 2)) -> object:
            sum = 0
            return sum + sum(values)
        """,
        "sum = 0\n    return sum + sum(",
        "sum_ = 0\n    return sum_ + sum(",
    )


async def test_of_the_plan(bench: Bench) -> None:
    await bench.check_first(
        """
        def _mean(values):
            return sum(values) / len(values)

        def a(values: tuple = (1, 3)) -> object:
            _mean = _mean(values)
            return _mean
        """,
        "_mean = _mean(values)\n    return _mean",
        "_mean_ = _mean(values)\n    return _mean_",
    )


async def test_of_a_module(bench: Bench) -> None:
    await bench.check_first(
        """
        import json

        def a(text: str = "[1]") -> object:
            json = json.loads(text)
            return json
        """,
        "json = json.loads(text)\n    return json",
        "json_ = json.loads(text)\n    return json_",
    )


async def test_a_parameter_keeps_its_name(bench: Bench) -> None:
    await bench.check_first(
        """
        def _first(list):
            return list(range(3))[0] + list[0]

        def a() -> object:
            return _first([5])
        """,
        "def _first(list):\n    return list(range",
        "import builtins\n\ndef _first(list):\n    return builtins.list(range",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 3()\n",
        "\ndef a():\n    total = total + 1\n    return total\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
