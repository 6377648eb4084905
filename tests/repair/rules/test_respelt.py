"""A key that its maker has misspelt: the change is where the value was made."""

import pytest

from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_column_that_only_its_maker_spells_so(bench: Bench) -> None:
    text = """
        import pandas as pd

        def load() -> pd.DataFrame:
            return pd.DataFrame({"regoin": ["n", "s"], "amount": [1, 2]})

        def cleaned(load: pd.DataFrame) -> pd.DataFrame:
            return load[load["amount"] > 0]

        def by_region(cleaned: pd.DataFrame) -> dict[str, int]:
            return cleaned.groupby("region")["amount"].sum().to_dict()
        """
    fix = await bench.check_first(text, '"regoin"', '"region"')
    assert fix.label == "In 'load': rename 'regoin' to 'region'"
    assert fix.preferred


@pytest.mark.parametrize(
    ("made", "mended"),
    [
        ('{"totl": 2, "tax": 1}', '{"total": 2, "tax": 1}'),
        ("dict(totl=2, tax=1)", "dict(total=2, tax=1)"),
        ("dict([('totl', 2)])", "dict([('total', 2)])"),
    ],
)
async def test_a_key_however_it_is_written(bench: Bench, made: str, mended: str) -> None:
    text = f"""
        def bill() -> dict[str, int]:
            return {made}

        def half(bill: dict[str, int]) -> float:
            \"\"\"Half of the total.\"\"\"
            return bill["total"] / 2
        """
    await bench.check_first(text, made, mended)


async def test_a_spelling_that_others_use_too_is_right(bench: Bench) -> None:
    text = """
        def bill() -> dict[str, int]:
            return {"total": 2}

        def printed(bill: dict[str, int]) -> str:
            return str(bill["total"])

        def half(bill: dict[str, int]) -> float:
            return bill["totl"] / 2
        """
    fix = await bench.check_first(text, '"totl"', '"total"')
    assert fix.preferred


async def test_where_nothing_tells_which_is_wrong_the_place_that_failed_is_mended(
    bench: Bench,
) -> None:
    text = """
        def bill() -> dict[str, int]:
            return {"totl": 2}

        def half(bill: dict[str, int]) -> float:
            return bill["total"] / 2
        """
    await bench.check_first(text, '"total"', '"totl"')
    assert len(await bench.fixes(text)) == 1


async def test_what_a_text_is_made_of_is_no_key(bench: Bench) -> None:
    text = """
        def bill() -> dict[str, int]:
            return {f"totl": 2}

        def half(bill: dict[str, int]) -> float:
            \"\"\"Half of the total.\"\"\"
            return bill["total"] / 2
        """
    await bench.check_first(text, 'bill["total"]', 'bill["totl"]')
