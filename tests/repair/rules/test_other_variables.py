"""Another variable of the function than the one that was meant."""

import pytest

from codeact_lsp.repair.rules.other_variables import RULE
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_position_and_not_the_number(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(prices: list[int] = [3, 4]) -> object:
            found = []
            for place in range(2):
                price = prices[place]
                found.append(prices[price])
            return found
        """,
        """
        def a(prices: list[int] = [3, 4]) -> object:
            found = []
            for place in range(2):
                price = prices[place]
                found.append(prices[place])
            return found
        """,
    )


async def test_a_name_that_does_not_exist(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(width: int = 2) -> int:
            height = width + 1
            return height * height + zz * width
        """,
        """
        def a(width: int = 2) -> int:
            height = width + 1
            return height * height + height * width
        """,
    )


@pytest.mark.parametrize(
    "fill",
    [
        "counts.update([row])",
        "counts.setdefault(row, []).append(1)",
        "counts[row][0] = 1",
        "counts = counts + [row]",
    ],
)
async def test_a_loop_goes_through_nothing_that_it_fills(bench: Bench, fill: str) -> None:
    text = f"""
        def a(rows: object = None) -> object:
            counts = []
            for row in rows:
                {fill}
            return counts
        """
    failure = await bench.failure(plain(text))
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    titles = {candidate.title for candidate in RULE.candidates(scene)}
    assert titles
    assert not {"Write 'counts' for 'rows'", "Write 'row' for 'rows'"} & titles


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [][0]\n",
        "def a(n=0): return 1 / n\n",
    ],
)
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_item_of_a_loop_comes_before_what_else_there_is(bench: Bench) -> None:
    text = """
        def a() -> list[str]:
            rows, fields, row_, rest = [{"n": "x"}], ["n"], {}, []
            found = []
            for card in rows:
                found.append(rows["n"])
            return [*found, *fields, *row_, *rest]
    """
    failure = await bench.failure(plain(text), "a")
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    first = next(RULE.candidates(scene))
    assert first.title == "Write 'card' for 'rows'"


async def test_what_begins_with_a_value_that_has_the_method_comes_first(bench: Bench) -> None:
    failure = await bench.failure(
        "def a(rows=(3, 4)):\n"
        "    found = []\n"
        "    count, total, last, place = 0, 0, 0, 0\n"
        "    for at, row in enumerate(rows):\n"
        "        at.append(row)\n"
        "    return found, count, total, last, place\n"
    )
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    assert next(RULE.candidates(scene)).title == "Write 'found' for 'at'"


async def test_what_begins_with_a_table_comes_first_where_keys_are_looked_up(bench: Bench) -> None:
    failure = await bench.failure(
        "def a(names=('tea',)):\n"
        "    prices, order = dict(tea=2), []\n"
        "    costs = dict(prices)\n"
        "    for name in names:\n"
        "        order.append(costs[name] + order[name])\n"
        "    return order\n"
    )
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    titles = [each.title for each in RULE.candidates(scene)]
    assert titles[0] == "Write 'costs' for 'order'"


async def test_a_number_to_count_with(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: tuple = ({"n": "3", "price": "2.5"},)) -> object:
            found = []
            for row in rows:
                count = int(row["n"])
                price = float(row["price"])
                found.append({"count": count, "price": price, "sum": row * price})
            return found
        """,
        "row * price",
        "count * price",
    )


async def test_what_the_function_around_was_given(bench: Bench) -> None:
    plan = """
        def a(prices: list[int] = [4, 9]) -> object:
            def dear(limit: int) -> int:
                return sum(price > limit for price in NAME)

            return dear(min(prices))
        """
    await bench.check_first(plan.replace("NAME", "ZzList"), "ZzList", "prices")


async def test_what_is_on_the_other_side_is_meant_last(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(sold: int = 9, bought: int = 4) -> object:
            gain = 0
            gain = gain + (sold - zzz)
            return gain
        """,
        "zzz",
        "bought",
    )


async def test_what_the_statement_makes_anew(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(size: int = 3) -> list[list[int]]:
            found = [{at, size} for at in range(size)]
            found = [sorted(each) for each in zzz]
            return found
        """,
        "zzz",
        "found",
    )
