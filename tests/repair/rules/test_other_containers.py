"""A name that stands where the name of a list, a text or a dictionary is meant."""

import pytest

from codeact_lsp.repair.rules.other_containers import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_looked_into_beside_it_is_meant(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            prices, rises = [3, 5, 4], 0
            for day in range(1, len(prices)):
                if day[day] > prices[day - 1]:
                    rises += 1
            return rises
        """,
        "day[day]",
        "prices[day]",
    )


async def test_what_is_asked_by_the_key_is_set_by_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            totals = {}
            for name in ["ada", "bob", "ada"]:
                count = totals.get(name, 0)
                count[name] = count + 1
            return totals
        """,
        "count[name] =",
        "totals[name] =",
    )


async def test_a_list_is_looked_into_at_a_place_of_the_lines_beside(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            letters = list("abcd")
            first, last = 0, 3
            while first < last:
                letters[last] = letters[letters]
                if letters[first] == letters[last]:
                    first += 1
                last -= 1
            return "".join(letters)
        """,
        "letters[letters]",
        "letters[first]",
    )


async def test_where_nothing_is_looked_into_nothing_is_proposed(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(code: int = 2024) -> object:
            return code[0]
        """
    )
    assert RULE.name not in {fix.rule for fix in fixes}


async def test_another_type_by_which_a_list_is_asked_is_left_to_others(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a() -> object:
            rows, wanted = [1, 2], "0"
            return rows[wanted]
        """
    )
    assert RULE.name not in {fix.rule for fix in fixes}
