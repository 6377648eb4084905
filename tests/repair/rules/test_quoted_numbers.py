"""A number that is written in quotes."""

import pytest

from codeact_lsp.repair.rules.quoted_numbers import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_position(bench: Bench) -> None:
    fix = await bench.check_first(
        """
        def a(word: str = "abc") -> str:
            return word["0"].upper()
        """,
        '"0"',
        "0",
    )
    assert fix.rule == "quoted-numbers"


async def test_a_bound_of_a_slice(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(word: str = "abc") -> str:
            return word["1":]
        """,
        '"1"',
        "1",
    )


async def test_what_a_parameter_is_without_a_value(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _cut(rows: list[int], most: int = "2") -> list[int]:
            return rows[0 : most - 1]

        def a() -> list[int]:
            return _cut([1, 2, 3])
        """,
        """
        def _cut(rows: list[int], most: int = 2) -> list[int]:
            return rows[0 : most - 1]

        def a() -> list[int]:
            return _cut([1, 2, 3])
        """,
    )


async def test_what_a_named_parameter_is_without_a_value(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def _more(row: int, *, by: int = "2") -> int:
            return row - by

        def a() -> int:
            return _more(3)
        """,
        """
        def _more(row: int, *, by: int = 2) -> int:
            return row - by

        def a() -> int:
            return _more(3)
        """,
    )


async def test_where_the_value_was_set(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: list = [1, 2, 3]) -> int:
            size = "2"
            return sum(rows) // size
        """,
        """
        def a(rows: list = [1, 2, 3]) -> int:
            size = 2
            return sum(rows) // size
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return 'x'['y']\n",
        "def a(): return {}.x\n",
        "def a(n=1): return n + f'2'\n",
    ],
)
async def test_silent_where_no_number_is_in_quotes(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_count_begins_with_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            visits = {}
            for name in ["ada", "bob", "ada"]:
                if name in visits:
                    visits[name] += 1
                else:
                    visits[name] = "1"
            return visits
        """,
        '"1"',
        "1",
    )


async def test_texts_that_are_put_elsewhere_stay(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a() -> object:
            codes, seen = {}, {"x": "a"}
            codes["x"] = "1"
            seen["x"] += 1
            return seen, codes
        """
    )
    assert not any('codes["x"] = 1' in fix.edit.new for fix in fixes)


async def test_one_of_several_numbers_of_a_list(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(rows: tuple = (1, 2)) -> int:
            steps = [0]
            for row in rows:
                steps.append("1")
            return steps[1] + 1
        """,
        """
        def a(rows: tuple = (1, 2)) -> int:
            steps = [0]
            for row in rows:
                steps.append(1)
            return steps[1] + 1
        """,
    )
