"""A variable that is read above the line that makes it."""

import pytest

from codeact_lsp.repair.rules.made_later import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_line_that_makes_it_comes_first(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ns: tuple = (1, 3)) -> object:
            shares = [n / total for n in ns]
            total = sum(ns)
            return shares
        """,
        "    shares = [n / total for n in ns]\n    total = sum(ns)\n",
        "    total = sum(ns)\n    shares = [n / total for n in ns]\n",
    )


async def test_of_a_function_that_reads_it_later(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ns: tuple = (1, 3)) -> object:
            shares = list(map(lambda n: n / total, ns))
            total = sum(ns)
            return shares
        """,
        "    shares = list(map(lambda n: n / total, ns))\n    total = sum(ns)\n",
        "    total = sum(ns)\n    shares = list(map(lambda n: n / total, ns))\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "def a(ns=(1, 3)):\n"
            "    shares = [n / total for n in ns]\n"
            "    total = sum(shares)\n"
            "    return shares\n"
        ),
        "def a(): return total\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_what_is_read_before_it_is_made_anew(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            line = "ab   "
            end = len(line)
            line = line.strip()
            while end and line[end - 1] != "b":
                end -= 1
            return line[:end]
        """,
        "    end = len(line)\n    line = line.strip()\n",
        "    line = line.strip()\n    end = len(line)\n",
    )


async def test_a_parameter_that_nothing_reads_may_be_meant(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def _named(pairs: tuple) -> dict:
            names = {}
            for number, name in taken:
                names[number] = name
            taken = {3: "tea"}.items()
            return names | dict(taken)

        def a() -> dict:
            return _named(((1, "rice"),))
        """
    )
    assert not any(fix.preferred and fix.rule == "made-later" for fix in fixes)
