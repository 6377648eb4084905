"""What a failure tells beside its place: the values that stand there, as they were."""

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
    assert {value.text: value.value for value in error.values} == {"rows": "0"}
    assert all(value.input is None for value in error.values)


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("[row['id'] for row in rows]", {"row": "{'name': 'Bo'}"}),
        ("{row['id']: row['name'] for row in rows}", {"row": "{'name': 'Bo'}"}),
        ("[row['id'] for _, row in enumerate(rows)]", {"row": "{'name': 'Bo'}"}),
        ("[1 / number for row in rows for number in row.get('n', ())]", {"number": "0"}),
        ("[float(text) for text in '12x3']", {"text": "'x'"}),
        ("[1 / n for n in range(-1, len(rows))]", {"n": "0"}),
        ("[a + b for a, b in zip(['x'], [2])]", {"a": "'x'", "b": "2"}),
        ("[row['id'].upper() if row else '' for row in rows]", {"row": "{'name': 'Bo'}"}),
    ],
)
async def test_the_item_with_which_a_comprehension_failed_is_told(
    engine: Engine, tmp_path: Path, expression: str, values: dict[str, str]
) -> None:
    text = f"""
    def a():
        row, text = "outer", "outer"
        rows = [{{"id": "x", "name": "Ann", "n": [4, 0]}}, {{"name": "Bo"}}]
        return {expression}
    """
    await check_values(engine, tmp_path, text, values)


@pytest.mark.parametrize(
    "expression",
    [
        "[row['id'] if flag() else 0 for row in rows]",
        "[row['id'] for row in rows if flag()]",
        "[(row['id'], row.clear()) for row in rows + rows]",
        "[row[key()] for row in rows]",
    ],
)
async def test_an_item_that_may_be_another_one_is_not_told(
    engine: Engine, tmp_path: Path, expression: str
) -> None:
    """In a frame of its own, as up to Python 3.11, it is the one that is there."""
    text = f"""
    def a():
        rows = [{{"n": 1}}, {{"n": 2}}]
        calls = iter([False, True])
        def flag(): return next(calls)
        def key(): return "id"
        return {expression}
    """
    error, _, _ = await failed(engine, tmp_path, text)
    told = {value.text: value.value for value in error.values if value.text == "row"}
    right = {"row": "{'n': 2}" if "flag" in expression else "{'n': 1}"}
    assert told in ({}, right)


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
