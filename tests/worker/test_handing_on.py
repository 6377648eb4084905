"""Values on their way from node to node: what arrives, what cannot leave, what cannot arrive."""

from pathlib import Path

import pytest

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.session import Engine
from tests.engine.running import check_failure, marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def check_value(engine: Engine, folder: Path, made: str, seen: str, expected: object) -> None:
    """Node `a` returns `made`; what node `b` sees of it is checked."""
    text = f"""
    import dataclasses, enum

    class _Colour(enum.Enum):
        RED = 1

    @dataclasses.dataclass
    class _Point:
        x: int

    class _Loud(Exception):
        pass

    def _helper():
        return "called"

    def _loop():
        found = [1]
        found.append(found)
        return found

    def a():
        return {made}

    def b(a):
        return {seen}
    """
    assert (await run_plan(engine, folder, text)).value("b") == expected


@pytest.mark.parametrize(
    ("made", "seen", "expected"),
    [
        ("None", "a is None", True),
        ("_Point(3)", "(a.x, type(a) is _Point)", (3, True)),
        ("_Colour.RED", "a is _Colour.RED", True),
        ("_helper", "a()", "called"),
        ("_Loud('no', 2)", "a.args", ("no", 2)),
        ("_loop()", "a[1] is a", True),
        ("float('nan')", "a != a", True),
        ("'\\ud800'", "ascii(a)", "'\\ud800'"),
        ("b'x' * 50_000_000", "(len(a), a.count(b'x'))", (50_000_000, 50_000_000)),
    ],
)
async def test_a_value_arrives_as_it_left(
    engine: Engine, tmp_path: Path, made: str, seen: str, expected: object
) -> None:
    await check_value(engine, tmp_path, made, seen, expected)


async def test_an_array_may_be_changed_by_each_node_that_takes_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import numpy as np

    def a():
        return np.arange(6_250_000, dtype=float).reshape(2500, 2500)

    def changed(a):
        a *= 0
        a[0, 0] = 7
        return float(a.sum())

    def total(a, changed):
        return float(a.sum())
    """
    ran = await run_plan(engine, tmp_path, text)
    assert ran.results["a"].blob.size > 50_000_000
    assert ran.value("changed") == 7.0
    assert ran.value("total") == 6_250_000 * 6_249_999 / 2
    assert ran.value("a")[2499, 2499] == 6_249_999


async def test_a_table_may_be_changed_by_each_node_that_takes_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def a():
        return pd.DataFrame({"region": ["Alps", "Italy"], "amount": [1.5, 2.5]})

    def changed(a):
        a.iloc[0, 1] = 100.0
        a["region"] = "none"
        return a

    def regions(a, changed):
        return [list(a.region), list(changed.region), float(a.amount.sum())]
    """
    ran = await run_plan(engine, tmp_path, text)
    assert ran.value("regions") == [["Alps", "Italy"], ["none", "none"], 4.0]


@pytest.mark.parametrize(
    ("result", "what"),
    [
        ("lambda: 1", "lambda"),
        ("(n for n in [1])", "generator"),
        ("__import__('threading').Lock()", "lock"),
        ("open(__file__)", "TextIOWrapper"),
        ("[1, {'deep': [lambda: 1]}]", "lambda"),
    ],
)
async def test_a_value_that_cannot_leave_is_marked_at_the_return_that_ran(
    engine: Engine, tmp_path: Path, result: str, what: str
) -> None:
    text = f"""
    def a(early: bool = False):
        if early:
            return 1
        try:
            «return {result}»
        finally:
            pass
        return 2
    """
    ran = await run_plan(engine, tmp_path, text)
    error = ran.errors["a"]
    assert error.category == "unserialisable"
    assert what in error.message
    assert error.span == marked(text)[1][0]


@pytest.mark.parametrize(
    ("result", "part"),
    [
        ("{'rows': [1, {'key': _key}]}", "a['rows'][1]['key'] (<function a.<locals>._key at 0x"),
        ("[_Report(1, _key)]", "a[0].key (<function a.<locals>._key at 0x"),
        ("(1, open(__file__))", "a[1] (<_io.TextIOWrapper name="),
        ("[threading.Lock()]", "a[0] (<unlocked _thread.lock object at 0x"),
    ],
)
async def test_the_part_of_a_value_that_cannot_leave_is_named(
    engine: Engine, tmp_path: Path, result: str, part: str
) -> None:
    text = f"""
import threading

class _Report:
    def __init__(self, total, key):
        self.total, self.key = total, key

def a():
    def _key(row): return row
    return {result}
"""
    (note,) = (await run_plan(engine, tmp_path, text)).errors["a"].notes
    assert note.startswith(f"What cannot be stored is {part}")


@pytest.mark.parametrize("whole", ["(n for n in [1])", "threading.Lock()"])
async def test_no_part_is_named_where_the_whole_value_cannot_leave(
    engine: Engine, tmp_path: Path, whole: str
) -> None:
    ran = await run_plan(engine, tmp_path, f"import threading\n\ndef a(): return {whole}\n")
    assert ran.errors["a"].notes == ()


async def test_a_value_of_a_decorated_node_that_cannot_leave_is_marked_at_its_last_return(
    engine: Engine, tmp_path: Path
) -> None:
    """Which `return` of a decorated function ran is not known."""
    text = """
    def _same(function):
        return function

    @_same
    def a(early: bool = True):
        if early:
            return print
        «return (n for n in [1])»
    """
    ran = await run_plan(engine, tmp_path, text, inputs={"early": False})
    assert ran.errors["a"].span == marked(text)[1][0]


async def check_thing(engine: Engine, folder: Path, members: str, headline: str) -> CodeError:
    """Node `a` hands a thing of a class with these members on to node `b`."""
    lines = members.replace("\n", "\n    ")
    text = f"class _Thing:\n    {lines}\n\ndef a(): return _Thing()\ndef b(a): return 1\n"
    category = "input" if "__setstate__" in members else "unserialisable"
    return await check_failure(engine, folder, text, headline, category)


async def test_a_value_that_fails_on_leaving_is_marked_in_its_own_code(
    engine: Engine, tmp_path: Path
) -> None:
    members = "def __reduce__(self):\n    «raise OSError('busy')»"
    error = await check_thing(engine, tmp_path, members, "OSError: busy")
    assert error.node == "a"


async def test_a_value_that_fails_on_arriving_is_marked_in_its_own_code(
    engine: Engine, tmp_path: Path
) -> None:
    members = (
        "def __getstate__(self):\n    return {'x': 1}\ndef __setstate__(self, state):\n    «1 / 0»"
    )
    error = await check_thing(engine, tmp_path, members, "ZeroDivisionError: division by zero")
    assert error.node == "b"


async def test_a_value_that_cannot_arrive_is_marked_at_the_parameter(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class _Thing:
        def __reduce__(self):
            return int, ("no number",)

    def a():
        return _Thing()

    def b(x: int = 1, *, «a»):
        return 1
    """
    headline = "ValueError: invalid literal for int() with base 10: 'no number'"
    error = await check_failure(engine, tmp_path, text, headline, "input")
    assert error.surfaced is None


async def test_parameters_of_every_kind_are_filled(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        return 1

    def b(x=10, /, a=None, *rest, y, z=30, **more):
        return [x, a, rest, y, z, more]

    def c(a, /, w=5):
        return a + w

    def d(v=1, w=2, a=3, /):
        return [v, w, a]
    """
    ran = await run_plan(engine, tmp_path, text, inputs={"x": 11, "y": 12})
    assert ran.value("b") == [11, 1, (), 12, 30, {}]
    assert ran.value("c") == 6
    assert ran.value("d") == [1, 2, 1]
