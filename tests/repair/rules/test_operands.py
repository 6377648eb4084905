"""Two values that cannot be added, compared or joined."""

import pytest

from codeact_lsp.repair.rules.operands import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_number_in_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(n: int = 3) -> object:
            return "n: " + n
        """,
        "Write 'str(n)'",
        """
        def a(n: int = 3) -> object:
            return "n: " + str(n)
        """,
    )


async def test_a_text_that_is_a_whole_number(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: str = "3") -> object:
            return price > 2
        """,
        "Write 'int(price)'",
        """
        def a(price: str = "3") -> object:
            return int(price) > 2
        """,
    )


async def test_a_text_that_is_a_number(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(price: str = "2.5") -> object:
            return price * 1.5
        """,
        "Write 'float(price)'",
        """
        def a(price: str = "2.5") -> object:
            return float(price) * 1.5
        """,
    )


async def test_bytes_in_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(raw: bytes = b"y") -> object:
            return "x" + raw
        """,
        "Write 'raw.decode()'",
        """
        def a(raw: bytes = b"y") -> object:
            return "x" + raw.decode()
        """,
    )


async def test_an_item_for_a_list(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(rows: list[int] = [1]) -> object:
            return rows + 3
        """,
        "Write '[3]'",
        """
        def a(rows: list[int] = [1]) -> object:
            return rows + [3]
        """,
    )


async def test_nothing_beside_a_number(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(price: object = None) -> object:
            return 1 + price
        """,
        "Write 'price or 0'",
        """
        def a(price: object = None) -> object:
            return 1 + (price or 0)
        """,
    )


async def test_a_factor_that_is_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            total = 0
            for price, n in (("2.5", 2),):
                total += price * n
            return total
        """,
        "price * n",
        "float(price) * n",
    )


async def test_lists_that_are_counted_with(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            one, other = [1, 2], [4, 6]
            return np.sum((one - other) ** 2)
        """,
        "one - other",
        "np.array(one) - np.array(other)",
    )


async def test_a_number_before_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            n, text = 3, "x"
            return n + text
        """,
        "n + text",
        "str(n) + text",
    )


async def test_nothing_beside_a_text(bench: Bench) -> None:
    text = plain(
        """
        def a(name: object = None) -> object:
            return "Dear " + name
        """
    )
    fixes = {fix.edit.apply(text): fix for fix in await bench.fixes(text)}
    fix = fixes[text.replace("+ name", '+ (name or "")')]
    assert fix.hides
    assert not fix.preferred
    assert "stops the crash; check the value" in fix.title


async def test_a_column_beside_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"name": ["x"], "n": [1]})
            return (table["name"] + table["n"]).tolist()
        """,
        'table["n"])',
        'table["n"].astype(str))',
    )


async def test_two_dictionaries(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other = {"x": 1}, {"y": 2}
            return one + other
        """,
        "one + other",
        "{**one, **other}",
    )


async def test_a_text_within_a_product(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 3) -> object:
            return 100 - 8 * str(n)
        """,
        "str(n)",
        "n",
    )


async def test_all_parts_of_a_long_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 3, m: int = 4) -> object:
            return "from " + n + " to " + m
        """,
        'n + " to " + m',
        'str(n) + " to " + str(m)',
    )


async def test_the_first_part_of_what_was_split(bench: Bench) -> None:
    await bench.check_first(
        """
        import os

        def a() -> object:
            return os.path.splitext("x.txt") + ".md"
        """,
        'os.path.splitext("x.txt")',
        'os.path.splitext("x.txt")[0]',
    )


async def test_as_often_as_a_text_says(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "a2") -> object:
            return text[0] * text[1]
        """,
        "text[0] * text[1]",
        "text[0] * int(text[1])",
    )


@pytest.mark.parametrize(
    ("returns", "old", "new"),
    [
        ("float", "price *", "float(price) *"),
        ("Decimal", "* rate", "* Decimal(str(rate))"),
    ],
)
async def test_decimals_and_floats_by_what_is_declared(
    bench: Bench, returns: str, old: str, new: str
) -> None:
    await bench.check_first(
        f"""
        from decimal import Decimal

        def a(rate: float = 0.5) -> {returns}:
            price = Decimal("2.5")
            return price * rate
        """,
        old,
        new,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return object() + 1\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_number_that_was_made_a_text(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(n: int = 2) -> object:
            return 0.5 - str(n)
        """,
        "Write 'n'",
        """
        def a(n: int = 2) -> object:
            return 0.5 - n
        """,
    )


async def test_a_number_that_is_written_as_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(amount: float = 2.5) -> object:
            sums: dict[str, float] = {}
            return sums.get("x", "0") + amount
        """,
        '"0"',
        "0",
    )


async def test_a_sum_of_texts_whose_last_part_is_a_call(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(city: str = "Rome", degrees: float = 20.04) -> object:
            return city + ": " + round(degrees, 1) + " C"
        """,
        "round(degrees, 1)",
        "str(round(degrees, 1))",
    )


async def test_a_character_as_a_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(char: str = "c") -> object:
            return ord(char) - "a"
        """,
        '- "a"',
        '- ord("a")',
    )


async def test_a_number_of_numpy_beside_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np


        def a() -> object:
            return np.mean([1.0, 2.0]) + "%"
        """,
        "np.mean([1.0, 2.0])",
        "str(np.mean([1.0, 2.0]))",
    )


async def test_shares_as_texts_are_not_meant_for_sure(bench: Bench) -> None:
    best = await bench.check_first(
        """
        def a(one: int = 4, other: int = 6) -> object:
            return one / 2 + "/" + other / 2
        """,
        'one / 2 + "/" + other / 2',
        'str(one / 2) + "/" + str(other / 2)',
    )
    assert not best.preferred


async def test_items_that_are_made_as_they_are_asked_for(bench: Bench) -> None:
    text = "from itertools import accumulate\n\ndef a(): return accumulate([1, 2]) + [0]\n"
    await bench.check_first(text, "accumulate([1, 2])", "list(accumulate([1, 2]))")


async def test_what_is_counted_out_takes_no_text_that_is_made_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(side: int = 4) -> object:
            return 2 * side + str(side)
        """,
        "str(side)",
        "side",
    )


async def test_a_text_that_is_made_there_is_made_no_number_again(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(total: int = 4, count: int = 2) -> object:
            return total + str(count)
        """
    )
    assert not any(f"{kind}(str(" in fix.label for fix in fixes for kind in ("int", "float"))
