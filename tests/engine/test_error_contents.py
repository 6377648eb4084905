"""What a failure tells beside its place: values, what exists instead, causes, calls, libraries."""

import linecache
from pathlib import Path

import pytest

from codeact_lsp.engine.errors import CodeError
from codeact_lsp.engine.session import Engine
from codeact_lsp.plan import Span
from tests.engine.running import Ran, marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def failed(engine: Engine, folder: Path, text: str) -> tuple[CodeError, Ran, list[Span]]:
    """The one failure of a plan, the run, and the marked places."""
    ran = await run_plan(engine, folder, text)
    (error,) = ran.errors.values()
    return error, ran, marked(text)[1]


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
        "return 1 / 0",
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
    error, _, _ = await failed(engine, tmp_path, f"def a():\n    {body}\n")
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


async def test_causes_and_contexts_are_told_with_their_places(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        try:
            try:
                «int("x")»
            except ValueError:
                «{}["key"]»
        except KeyError as error:
            raise RuntimeError("at last") from error
    """
    error, _, (first, second) = await failed(engine, tmp_path, text)
    assert [(linked.how, linked.type, linked.span) for linked in error.linked] == [
        ("cause", "KeyError", second),
        ("context", "ValueError", first),
    ]


async def test_a_suppressed_context_is_not_told(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        try:
            int("x")
        except ValueError:
            raise RuntimeError from None
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.linked == ()


async def test_a_chain_that_bites_its_tail_ends(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        one, two = ValueError("one"), ValueError("two")
        one.__cause__, two.__cause__ = two, one
        raise one
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert [linked.message for linked in error.linked] == ["two"]


async def test_the_members_of_a_group_are_told_with_their_places(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import asyncio

    async def a():
        async with asyncio.TaskGroup() as group:
            group.create_task(_fail())
            group.create_task(_fail_too())

    async def _fail():
        «1 / 0»

    async def _fail_too():
        «[].pop()»
    """
    error, _, places = await failed(engine, tmp_path, text)
    assert error.type == "ExceptionGroup"
    members = [(linked.type, linked.span) for linked in error.linked if linked.how == "member"]
    assert members == list(zip(["ZeroDivisionError", "IndexError"], places, strict=True))


async def test_notes_are_told_whatever_they_are(engine: Engine, tmp_path: Path) -> None:
    text = """
    class _Loud:
        def __str__(self): raise ValueError

    def a():
        error = ValueError("no")
        error.add_note("see the manual")
        error.__notes__.append(_Loud())
        raise error
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.notes == ("see the manual", "<_Loud that cannot be shown: ValueError>")


@pytest.mark.parametrize("notes", ["5", "None", "'text'"])
async def test_notes_that_are_none_hide_no_failure(
    engine: Engine, tmp_path: Path, notes: str
) -> None:
    text = f"""
    def a():
        error = ValueError("no")
        error.__notes__ = {notes}
        «raise error»
    """
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert (error.headline, error.notes, error.span) == ("ValueError: no", (), place)


@pytest.mark.parametrize(
    ("members", "headline"),
    [
        ("def __str__(self): raise ValueError", "_Odd: <_Odd that cannot be shown: ValueError>"),
        ("def __str__(self): raise SystemExit", "_Odd: <_Odd that cannot be shown: SystemExit>"),
        ("def __str__(self): return 5", "_Odd: <_Odd that cannot be shown: TypeError>"),
        (
            "def __str__(self): return str(self)",
            "_Odd: <_Odd that cannot be shown: RecursionError>",
        ),
        ("def __str__(self): return '\\ud800'", "_Odd: ?"),
        ("def __init__(self): self.made = lambda: 1", "_Odd"),
        ("def __reduce__(self): raise ValueError", "_Odd"),
    ],
)
async def test_an_odd_exception_is_told_as_far_as_it_goes(
    engine: Engine, tmp_path: Path, members: str, headline: str
) -> None:
    text = f"class _Odd(Exception):\n    {members}\n\ndef a():\n    «raise _Odd»\n"
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert (error.headline, error.span, error.category) == (headline, place, "user")


async def test_a_long_message_is_cut(engine: Engine, tmp_path: Path) -> None:
    error, _, _ = await failed(engine, tmp_path, "def a(): raise ValueError('x' * 10**6)\n")
    assert error.message == "x" * 1_999 + "…"


async def test_the_calls_inside_the_plan_are_told_outermost_first(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        return sorted([2, 1], key=_key)

    def _key(n):
        return _deeper(n)

    def _deeper(n):
        return n / 0
    """
    error, ran, _ = await failed(engine, tmp_path, text)
    assert [(frame.function, ran.text(frame.span)) for frame in error.frames] == [
        ("a", "sorted([2, 1], key=_key)"),
        ("_key", "_deeper(n)"),
        ("_deeper", "n / 0"),
    ]
    assert error.surfaced is None


async def test_a_long_chain_of_calls_keeps_both_ends(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        return _down(200)

    def _down(n):
        return 1 / n if n == 0 else _down(n - 1)
    """
    error, ran, _ = await failed(engine, tmp_path, text)
    assert len(error.frames) == 20
    assert ran.text(error.frames[0].span) == "_down(200)"
    assert ran.text(error.span) == "1 / n"


async def test_the_library_line_that_raised_is_told(engine: Engine, tmp_path: Path) -> None:
    text = "import json\n\ndef a():\n    return json.loads('')\n"
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.surfaced is not None
    file, _, line = error.surfaced.rpartition(":")
    assert "raise JSONDecodeError" in linecache.getline(file, int(line))
