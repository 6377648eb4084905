"""A reduction of nothing, whose operation says what it begins with."""

import pytest

from codeact_lsp.repair.rules.folds import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_start_of_a_product(bench: Bench) -> None:
    await bench.check_fix(
        """
        from functools import reduce

        def a(numbers: tuple[int, ...] = ()) -> object:
            return reduce(lambda x, y: x * y, numbers)
        """,
        "Write 'reduce(lambda x, y: x * y, numbers, 1)'",
        """
        from functools import reduce

        def a(numbers: tuple[int, ...] = ()) -> object:
            return reduce(lambda x, y: x * y, numbers, 1)
        """,
    )


@pytest.mark.parametrize(
    ("operation", "values", "start"),
    [
        ("lambda a, b: a | b", "list[set[str]]", "set()"),
        ("lambda seen, each: seen | {each}", "list[str]", "set()"),
        ("lambda a, b: b + a", "list[list[int]]", "[]"),
        ("lambda a, b: a + b", "list[str]", '""'),
        ("lambda total, row: total + len(row)", "list[str]", "0"),
        ("lambda a, b: {**a, **b}", "list", "{}"),
        ("lambda a, b: a.union(b)", "list", "set()"),
        ("set.union", "list", "set()"),
        ("frozenset.union", "list", "frozenset()"),
        ("operator.or_", "list[dict[str, int]]", "{}"),
        ("operator.xor", "list[int]", "0"),
        ("operator.concat", "list[str]", '""'),
        ("operator.mul", "list[float]", "1"),
        ("math.gcd", "list", "0"),
        ("math.lcm", "list", "1"),
        ("mul", "list", "1"),
        ("_joined", "list[list[str]]", "[]"),
    ],
)
async def test_what_an_operation_begins_with(
    bench: Bench, operation: str, values: str, start: str
) -> None:
    text = f"""
        import math
        import operator
        from functools import reduce
        from operator import mul

        def _joined(one, other):
            \"\"\"Both.\"\"\"
            return one + other

        def a(parts: {values} = []) -> object:
            return reduce({operation}, parts)
        """
    fix = await bench.check_first(text, ", parts)", f", parts, {start})")
    assert fix.preferred


@pytest.mark.parametrize(
    ("made", "start"),
    [("[set(line) for line in lines]", "set()"), ("(line.split() for line in lines)", "[]")],
)
async def test_the_values_that_are_made_there(bench: Bench, made: str, start: str) -> None:
    text = f"""
        from functools import reduce
        from operator import {"or_" if start == "set()" else "add"} as both

        def a(lines: list[str] = []) -> object:
            return reduce(both, {made})
        """
    await bench.check_first(text, f"{made})", f"{made}, {start})")


async def test_what_takes_the_result_says_the_type(bench: Bench) -> None:
    await bench.check_first(
        """
        from functools import reduce

        def a(pages: list = []) -> list[str]:
            return reduce(lambda a, b: a + b, pages)
        """,
        "b, pages)",
        "b, pages, [])",
    )


@pytest.mark.parametrize("taker", ["round(IT, 1)", "IT / 2", "IT - 1"])
async def test_what_takes_numbers(bench: Bench, taker: str) -> None:
    made = "reduce(lambda total, row: total + row['n'], rows"
    text = f"""
        from functools import reduce

        def a(rows: list = []):
            return {taker.replace("IT", f"{made})")}
        """
    fix = await bench.check_first(text, made, f"{made}, 0")
    assert fix.preferred


async def test_a_sum_of_what_nobody_knows_is_for_a_person(bench: Bench) -> None:
    text = """
        from functools import reduce

        def a(pages: list = []):
            return reduce(lambda a, b: a + b, pages)
        """
    fix = await bench.check_first(text, "b, pages)", "b, pages, 0)")
    assert not fix.preferred


async def test_what_fits_where_nothing_says_the_type(bench: Bench) -> None:
    await bench.check_first(
        """
        from functools import reduce

        def a(pages: list = []):
            found = reduce(lambda a, b: a + b, pages)
            return len(found)
        """,
        "b, pages)",
        "b, pages, [])",
    )


@pytest.mark.parametrize("values", ["groups", "[set(group) for group in groups]"])
async def test_what_is_common_to_none(bench: Bench, values: str) -> None:
    # With a start, nothing would be common to others either.
    call = f"reduce(lambda a, b: a & b, {values})"
    text = f"""
        from functools import reduce

        def a(groups: list[set[str]] = []) -> list[str]:
            return sorted({call})
        """
    await bench.check_proposed(RULE, text, text.replace(call, f"{call} if groups else set()"))


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "from functools import reduce\n\ndef a(): return reduce(max, [])\n",
        "from functools import reduce\n\ndef a(): return reduce(lambda a, b: a - b, [])\n",
        "from functools import reduce\n\ndef a(): return reduce(lambda a, b: a + a + b, [])\n",
        "from functools import reduce\n\ndef a(): return reduce(set.intersection, iter([]))\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
