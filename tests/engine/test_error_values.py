"""What a failure tells beside its place: the values that stand there, and what exists instead."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import failed

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def check_values(engine: Engine, folder: Path, text: str, values: dict[str, str]) -> None:
    error, ran, _ = await failed(engine, folder, text)
    assert {value.text: value.value for value in error.values} == values
    for value in error.values:
        assert ran.text(value.span) == value.text


async def test_the_values_in_the_failing_expression_are_told(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        total, counts, names = 10, {'x': [0, 1]}, ['n']
        unrelated = 3
        return unrelated + total / counts['x'][0] + len(names)
    """
    values = {"total": "10", "counts": "{'x': [0, 1]}", "counts['x']": "[0, 1]"}
    await check_values(engine, tmp_path, text, values | {"counts['x'][0]": "0"})


async def test_values_are_those_of_the_innermost_frame_in_the_plan(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        n = "outer"
        return _half(n=4)

    def _half(n):
        return n / 0
    """
    await check_values(engine, tmp_path, text, {"n": "4"})


@pytest.mark.parametrize(
    "expression",
    [
        "[1 / rows for rows in [1, 0]]",
        "{1: 1 / rows for rows in [1, 0]}",
        "[[1 / rows for _ in 'a'] for rows in [1, 0]]",
    ],
)
async def test_the_variable_of_a_comprehension_is_not_taken_for_another_of_its_name(
    engine: Engine, tmp_path: Path, expression: str
) -> None:
    error, _, _ = await failed(engine, tmp_path, f"def a(rows='all'):\n    return {expression}\n")
    # From Python 3.12 on, what it was is not known any more.
    assert {value.text: value.value for value in error.values} in ({}, {"rows": "0"})
    assert all(value.input is None for value in error.values)


@pytest.mark.parametrize(
    "expression",
    ["max('ab', key=lambda x: {}[x], default=x / 0)", "sum((x for x in [1]), x / 0)"],
)
async def test_the_variable_beside_a_lambda_or_generator_is_told(
    engine: Engine, tmp_path: Path, expression: str
) -> None:
    text = f"def a():\n    x = 5\n    return {expression}\n"
    await check_values(engine, tmp_path, text, {"x": "5"})


@pytest.mark.parametrize(
    "expression", ["'ab'.index(max(map(lambda x: x + 1, [0])))", "len(x + 1 for x in 'a')"]
)
async def test_the_variable_of_a_lambda_or_generator_is_not_taken_for_another_of_its_name(
    engine: Engine, tmp_path: Path, expression: str
) -> None:
    await check_values(engine, tmp_path, f"def a():\n    x = 5\n    return {expression}\n", {})


async def test_a_generator_tells_its_own_variable(engine: Engine, tmp_path: Path) -> None:
    text = "def a():\n    x = 5\n    return sum(1 / x for x in [1, 0])\n"
    await check_values(engine, tmp_path, text, {"x": "0"})


async def test_what_is_only_stored_to_is_no_value_of_the_failure(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        for x, y in [(1, 2), 3]:
            pass
    """
    await check_values(engine, tmp_path, text, {})


async def test_what_is_read_and_stored_to_is_told(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        total = 1
        total += "x"
    """
    await check_values(engine, tmp_path, text, {"total": "1"})


async def test_attributes_are_read_without_running_the_plans_code(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class _Order:
        def __init__(self):
            self.amount = 5

        @property
        def rate(self):
            print("ran")
            return 0

        def __repr__(self):
            return "an order"

    def a():
        order = _Order()
        return order.amount / order.rate
    """
    error, ran, _ = await failed(engine, tmp_path, text)
    assert {value.text: value.value for value in error.values} == {
        "order.amount": "5",
        "order": "an order",
    }
    assert ran.output("a") == "ran\n", "once, by the plan itself"


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("password + 1", {"password": "••••••"}),
        ("api_key + 1", {"api_key": "••••••"}),
        ("settings['secret'] + 1", {"settings": "{'n': 1, 'secret': ••••••}"}),
        ("settings['n'] + 'x'", {"settings": "{'n': 1, 'secret': ••••••}", "settings['n']": "1"}),
    ],
)
async def test_secrets_are_masked(
    engine: Engine, tmp_path: Path, expression: str, shown: dict[str, str]
) -> None:
    text = f"""
    def a():
        password = api_key = "hunter2"
        settings = {{"secret": "hunter2", "n": 1}}
        return {expression}
    """
    error, _, _ = await failed(engine, tmp_path, text)
    values = {value.text: value.value for value in error.values}
    assert shown.items() <= values.items()
    assert "hunter2" not in str(values)


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        ("'x' * 10_000", "'xxx"),
        ("_Loud()", "<_Loud instance at 0x"),
        ("_Leaves()", "<_Leaves that cannot be shown: SystemExit>"),
        ("_Raises()", "<_Raises"),
    ],
)
async def test_a_value_that_cannot_be_shown_hides_no_failure(
    engine: Engine, tmp_path: Path, made: str, shown: str
) -> None:
    text = f"""
    class _Loud:
        def __repr__(self): raise ValueError

    class _Leaves:
        def __repr__(self): raise SystemExit

    class _Raises:
        def __getattr__(self, name): raise RuntimeError
        def __repr__(self): return "<_Raises>"

    def a():
        value = {made}
        return «value + 1»
    """
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert error.type == "TypeError"
    assert error.span == place
    (value,) = error.values
    assert value.value.startswith(shown)
    assert len(value.value) <= 120


@pytest.mark.parametrize(
    ("shown", "message"),
    [
        ("while True: pass", "<an exception that takes too long or too much to show>"),
        ("import os; os._exit(3)", "<an exception that takes too long or too much to show>"),
        ("return 'x' * 10**12", "<_Bad that cannot be shown: MemoryError>"),
    ],
)
async def test_an_exception_that_cannot_be_shown_is_still_marked(
    engine: Engine, tmp_path: Path, shown: str, message: str
) -> None:
    text = f"""
    class _Bad(Exception):
        def __str__(self):
            {shown}

    def a():
        «raise _Bad»
    """
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert (error.type, error.message, error.category) == ("_Bad", message, "user")
    assert error.span == place


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
    ],
)
async def test_what_is_not_there_is_narrower_than_the_expression(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    text = f"""
    def _area(width, height=1): return width * height

    def a():
        rates, rows, region = {{'n': 1}}, [10, 20], 's'
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
        "return [1][2] + [3][4]",
        "return dict(a=1)['b'] if True else 0",
        "return _area(**{'hight': 2})",
        "return {1: 2}[3]",
        "return {'a': 1}[''.join(['b'])]",
        "raise KeyError('not there')",
        "print(later); later = 1",
        "raise AttributeError('no such thing')",
    ],
)
async def test_where_nothing_is_certain_no_fact_is_told(
    engine: Engine, tmp_path: Path, body: str
) -> None:
    helper = "def _area(width, height=1): return width * height\n"
    error, _, _ = await failed(engine, tmp_path, f"{helper}def a():\n    {body}\n")
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
