"""The rule for misspelt names, attributes and keys: the text before, the title, the text after."""

import pytest

from codeact_lsp.repair.rules.misspelt import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_name(bench: Bench) -> None:
    await bench.check_fix(
        """
        def total(prices: list[float] = [1.5, 2.5]) -> float:
            return sum(price for price in prises)
        """,
        "Rename 'prises' to 'prices'",
        """
        def total(prices: list[float] = [1.5, 2.5]) -> float:
            return sum(price for price in prices)
        """,
    )


async def test_a_name_that_is_used_twice_is_renamed_everywhere(bench: Bench) -> None:
    await bench.check_fix(
        """
        def report(count: int = 3) -> str:
            if cuont > 2:
                return f"many: {cuont}"
            return "few"
        """,
        "Rename 'cuont' to 'count' in 2 places",
        """
        def report(count: int = 3) -> str:
            if count > 2:
                return f"many: {count}"
            return "few"
        """,
    )


async def test_a_name_of_the_module_in_a_helper(bench: Bench) -> None:
    await bench.check_fix(
        """
        TAX_RATE = 0.19

        def _tax(net: float) -> float:
            return TAX_RAT * net

        def gross(net: float = 100.0) -> float:
            return net + _tax(net)
        """,
        "Rename 'TAX_RAT' to 'TAX_RATE'",
        """
        TAX_RATE = 0.19

        def _tax(net: float) -> float:
            return TAX_RATE * net

        def gross(net: float = 100.0) -> float:
            return net + _tax(net)
        """,
    )


async def test_a_builtin(bench: Bench) -> None:
    await bench.check_fix(
        "def numbers() -> list[int]: return sortd([2, 1])\n",
        "Rename 'sortd' to 'sorted'",
        "def numbers() -> list[int]: return sorted([2, 1])\n",
    )


async def test_an_attribute_of_a_module(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def angles() -> np.ndarray:
            return np.lingspace(0, 1, 5)
        """,
        "Rename 'lingspace' to 'linspace'",
        """
        import numpy as np

        def angles() -> np.ndarray:
            return np.linspace(0, 1, 5)
        """,
    )


async def test_a_method_at_the_end_of_a_chain(bench: Bench) -> None:
    await bench.check_fix(
        """
        def shout(text: str = "ab") -> str:
            return (text
                    .strip()
                    .uper())
        """,
        "Rename 'uper' to 'upper'",
        """
        def shout(text: str = "ab") -> str:
            return (text
                    .strip()
                    .upper())
        """,
    )


async def test_an_attribute_that_fails_in_two_places_is_mended_in_both(bench: Bench) -> None:
    await bench.check_fix(
        """
        from fractions import Fraction

        def parts(number: str = "3/4") -> int:
            exact = Fraction(number)
            return exact.numerater + exact.numerater
        """,
        "Rename 'numerater' to 'numerator' in 2 places",
        """
        from fractions import Fraction

        def parts(number: str = "3/4") -> int:
            exact = Fraction(number)
            return exact.numerator + exact.numerator
        """,
    )


async def test_a_key_of_a_dictionary(bench: Bench) -> None:
    await bench.check_fix(
        """
        def price() -> int:
            prices = {"apples": 2, "pears": 3}
            return prices["aples"]
        """,
        "Rename 'aples' to 'apples'",
        """
        def price() -> int:
            prices = {"apples": 2, "pears": 3}
            return prices["apples"]
        """,
    )


async def test_a_key_that_was_misspelt_in_two_places(bench: Bench) -> None:
    await bench.check_fix(
        """
        def price() -> int:
            prices = {"apples": 2}
            once = prices["aples"]
            return once + prices['aples']
        """,
        "Rename 'aples' to 'apples' in 2 places",
        """
        def price() -> int:
            prices = {"apples": 2}
            once = prices["apples"]
            return once + prices['apples']
        """,
    )


async def test_a_key_that_is_right_elsewhere_is_mended_where_it_fails(bench: Bench) -> None:
    await bench.check_fix(
        """
        def price() -> dict[str, int]:
            prices = {"apples": 2}
            return {"aples": prices["aples"]}
        """,
        "Rename 'aples' to 'apples'",
        """
        def price() -> dict[str, int]:
            prices = {"apples": 2}
            return {"aples": prices["apples"]}
        """,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('rows["ammount"].sum()', 'rows["amount"].sum()'),
        ('rows.groupby("regoin")["amount"].sum()', 'rows.groupby("region")["amount"].sum()'),
        ("rows.ammount.sum()", "rows.amount.sum()"),
        ('rows.loc[:, "ammount"].sum()', 'rows.loc[:, "amount"].sum()'),
    ],
)
async def test_a_column_of_a_table(bench: Bench, before: str, after: str) -> None:
    plan = """
        import pandas as pd

        def rows() -> pd.DataFrame:
            return pd.DataFrame({{"region": ["Alps", "Iberia"], "amount": [1.0, 2.0]}})

        def total(rows: pd.DataFrame) -> object:
            return {0}
    """
    best, *_ = await bench.fixes(plan.format(before))
    assert best.preferred
    assert best.edit.apply(plain(plan.format(before))) == plain(plan.format(after))


async def test_what_an_object_says_of_itself_is_no_code(bench: Bench) -> None:
    """An object may name members that are none; only identifiers are taken for names."""
    await bench.check_fix(
        """
        class _Row:
            amount = 1

            def __dir__(self) -> list[str]:
                return ["ammount or open('harm', 'w')", "ammounts()", "amount", "class"]

        def total() -> int:
            return _Row().ammount
        """,
        "Rename 'ammount' to 'amount'",
        """
        class _Row:
            amount = 1

            def __dir__(self) -> list[str]:
                return ["ammount or open('harm', 'w')", "ammounts()", "amount", "class"]

        def total() -> int:
            return _Row().amount
        """,
    )
    assert not (bench.folder / "harm").exists()


@pytest.mark.parametrize(
    "body",
    [
        "return int('x')",
        "return 1 / 0",
        "return [1, 2][5]",
        "return 'a' + 1",
        "key = 'ammount'; return {'amount': 1}[key]",
        "raise KeyError('amount')",
        "raise NameError('amount')",
        "x = amount; amount = 1",
        "return {'amount': 1}['no such thing']",
        "import nmupy",
    ],
)
async def test_other_errors_and_distant_names_are_none_of_its_business(
    bench: Bench, body: str
) -> None:
    await bench.check_silent(RULE, f"def amounts(amount_: int = 1) -> int:\n    {body}\n")


async def test_a_variable_of_the_machine_is_not_called_like_another_one(bench: Bench) -> None:
    text = """
        import os

        os.environ["SALES_CACHE_DIR"] = "x"

        def a() -> str:
            return os.environ["{0}"]
    """
    assert await bench.meant(text.format("SALES_DATA")) == []
    (fix,) = await bench.meant(text.format("SALES_CACHE_DIRR"))
    assert fix.label == "Rename 'SALES_CACHE_DIRR' to 'SALES_CACHE_DIR'"


async def test_a_method_that_is_kept_to_be_called_later(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[int]:
            found = []
            keep = found.appends
            keep(1)
            return found
        """,
        "appends",
        "append",
    )


async def test_a_single_letter_is_no_slip_in_a_name_of_python(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(rows: list[int] = [2, 1]) -> list[int]:
            taken = []
            for row in rows:
                taken += [n]
            return taken
        """
    )
    assert fixes[0].label == "Rename 'n' to 'row'"
    assert not any("'bin'" in fix.label for fix in fixes)


async def test_a_parameter_that_nothing_reads_is_rather_meant(bench: Bench) -> None:
    text = """
        def _counted(date: str, birthdays: tuple) -> int:
            count = 0
            for bday in birthdays:
                if day == bday[1]:
                    count += 1
            return count

        def a() -> int:
            return _counted("3", (("May", "3"), ("June", "4")))
        """
    await bench.check_first(text, "day == bday", "date == bday")
