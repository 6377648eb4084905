"""The part of a failing expression that is certainly the culprit, and what exists instead."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import failed

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def check_fact(engine: Engine, folder: Path, text: str, kind: str, option: str) -> None:
    """What is missing is marked, and of what there is like it the closest is told first."""
    error, ran, (place,) = await failed(engine, folder, text)
    assert error.fact is not None
    assert (error.fact.kind, error.fact.name) == (kind, (ran.text(place) or "").strip('"'))
    assert error.fact.options[0] == option
    assert ran.text(error.fact.span) == ran.text(place)
    assert error.fact.span == place
    assert error.focus == (None if kind == "name" else place)


async def test_a_misspelt_name_has_the_names_in_sight_as_options(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    FACTOR = 2

    def a():
        orders = [1]
        return len(«ordres») * FACTOR
    """
    await check_fact(engine, tmp_path, text, "name", "orders")


async def test_a_misspelt_builtin_has_the_builtins_as_options(
    engine: Engine, tmp_path: Path
) -> None:
    text = "def a(): return «srted»([2, 1])\n"
    await check_fact(engine, tmp_path, text, "name", "sorted")


async def test_a_misspelt_attribute_is_narrower_than_the_expression(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        return "ä".strip().«uper»().lower()
    """
    await check_fact(engine, tmp_path, text, "attribute", "upper")


async def test_an_attribute_of_a_module_is_found_among_its_names(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import json

    def a():
        return json.«lods»("1")
    """
    await check_fact(engine, tmp_path, text, "attribute", "loads")


async def test_a_misspelt_key_is_narrower_than_the_expression(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        rates = {"größe": 1, "gewicht": 2, 3: 4}
        return rates["gewicht"] + rates[«"groesse"»]
    """
    await check_fact(engine, tmp_path, text, "key", "größe")


async def test_a_misspelt_column_has_the_columns_as_options(engine: Engine, tmp_path: Path) -> None:
    text = """
    import pandas as pd

    def a():
        frame = pd.DataFrame({"amount": [1], "region": ["x"]})
        return frame[«"ammount"»].sum()
    """
    await check_fact(engine, tmp_path, text, "key", "amount")


@pytest.mark.parametrize(
    "body",
    [
        "return rates[«region»] + rates['n']",
        "return rows[1] + rows[«5»]",
        "return rows[«-9»]",
        "return sorted(rows, «kye»=str, reverse=True)",
        "return [_area(n, «ä»=n) for n in rows]",
        "return [1][«2»] + [3][4]",
        "return dict(a=1)[«'b'»] if True else 0",
        "return {'a': 1}[«''.join(['b'])»]",
        "return rates.pop(«names[region] if region in names else region»)",
        "return rates.pop(«region.replace('n', 'n')»)",
        "return left.merge(right, on=«'ix'»)",
        "return left[[«'ix'», 'id']]",
        "return left.groupby('id')[«'ix'»].sum()",
        "return left['id'].loc[«'ix'»]",
        "return left.rename(columns={'id': 'ix'}).sort_values(by=«'id'»)",
        "return left['id'].iloc[«5»]",
        "return {name['id'][«'x'»] for name in [{'id': {}}]}",
    ],
)
async def test_what_is_not_there_is_narrower_than_the_expression(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    text = f"""
    import pandas as pd

    def _area(width, height=1): return width * height

    def a():
        rates, rows, region, names = {{'n': 1}}, [10, 20], 's', {{}}
        left, right = pd.DataFrame({{"id": [1]}}), pd.DataFrame({{"key": [1]}})
        {body}
    """
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert error.focus == place


async def test_a_misspelt_keyword_has_those_of_the_function_as_options(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def _area(width, height=1): return width * height

    def a():
        return _area(2, «hight»=3)
    """
    await check_fact(engine, tmp_path, text, "keyword", "height")


@pytest.mark.parametrize(
    "statement",
    [
        "for _ in «5»: pass",
        "with «5»:\n        pass",
        "try: [][0]\n    except «5»: pass",
    ],
)
async def test_the_culprit_in_the_head_of_a_statement_is_narrower(
    engine: Engine, tmp_path: Path, statement: str
) -> None:
    text = f"def a():\n    {statement}\n"
    error, ran, (place,) = await failed(engine, tmp_path, text)
    assert (ran.text(error.focus or error.span), error.focus or error.span) == (
        ran.text(place),
        place,
    )


async def test_an_attribute_that_a_function_misses_is_not_the_functions_name(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pickle

    def a():
        return pickle.dumps(lambda: 1)
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert (error.fact, error.focus) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        "return 1 / 0",
        "return _area(**{'hight': 2})",
        "return [].pop([1, 2][5] if 1 > 2 else 0)",
        "return [].pop(rows[3] if len(rows) > 3 else 0)",
        "return [].pop(len(rows) > 5 and rows[5])",
        "return left.merge(right, left_on='id', right_on='id')",
        "return rates.pop(*['k'])",
        "raise KeyError(rates['n'])",
        "raise KeyError('not there')",
        "print(later); later = 1",
        "raise AttributeError('no such thing')",
    ],
)
async def test_where_nothing_is_certain_no_fact_is_told(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    text = f"""
    import pandas as pd

    def _area(width, height=1): return width * height

    def a():
        rates, rows = {{'n': 1}}, [10, 20]
        left, right = pd.DataFrame({{"id": [1]}}), pd.DataFrame({{"key": [1]}})
        {body}
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.fact is None
    assert error.focus is None


async def test_a_name_that_a_library_misspelt_is_no_fact_about_the_plan(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "helper.py").write_text("def load(path):\n    return ordres\n")
    text = """
    import helper

    def a():
        orders = "orders.csv"
        return «helper.load(orders)»
    """
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert error.headline == "NameError: name 'ordres' is not defined"
    assert (error.span, error.fact) == (place, None)
    assert error.surfaced == f"{tmp_path / 'helper.py'}:2"


async def test_a_misspelt_key_in_a_comprehension_has_the_keys_of_its_items_as_options(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        rows = [{"amount": 1}, {"amount": 2}]
        return sum([_rounded(row[«"amuont"»]) for row in rows])

    def _rounded(number):
        return round(number)
    """
    await check_fact(engine, tmp_path, text, "key", "amount")


@pytest.mark.parametrize(
    ("statement", "note"),
    [
        ("import numppy", "There is no module numppy. Did you mean numpy?"),
        ("from jsno import loads", "There is no module jsno. Did you mean json?"),
        ("import legders as l", "There is no module legders. Did you mean ledgers?"),
    ],
)
async def test_a_misspelt_module_is_no_package_to_install(
    engine: Engine, tmp_path: Path, statement: str, note: str
) -> None:
    (tmp_path / "ledgers.py").touch()
    error, _, (place,) = await failed(engine, tmp_path, f"def a():\n    «{statement}»\n")
    assert (error.notes, error.span) == ((note,), place)
    assert error.fact
    assert error.fact.kind == "module"
    assert note.endswith(f" {error.fact.options[0]}?")
